/** One step of the bench's recipe. */
interface BenchStep {
  readonly name: string
  readonly method: string
  readonly preset?: string
  readonly options?: object
  readonly from?: object
}

/** A figure of the table: what it is called, and the step whose maps it measures. */
export interface BenchRow {
  readonly row: string
  readonly step: string
}

export interface BenchOptions {
  readonly steps: number
  /** `one`: scale 1 without mirror images; else the papers' four with them. */
  readonly scale: string
  /** CAM, both maps, the difference and LPCAM alone: the single maps and those of photos' own prototypes are left out. */
  readonly brief: boolean
}

const backbone = 'efficientnet-lite0'
/** SFC's losses as published, on a frozen backbone. */
const published = { scaleLoss: 0.8, detachMaps: false, scaleByClasses: false, affinityHops: 2, classifier: 'steps' }
const noConsistency = { prototypeLoss: 0, scaleLoss: 0, affinityHops: 0, classifier: 'steps' }

/** Every training of the table on EfficientNet-Lite0, frozen: all see the same features and as many samples. */
const trainings: Readonly<Record<string, { readonly method: string; readonly options: object }>> = {
  plain: { method: 'classifier', options: { folds: 0 } },
  bank: { method: 'classifier', options: { folds: 0, bankDraws: 4 } },
  'plain, steps': { method: 'sfc', options: { ...noConsistency, bankDraws: 0 } },
  'bank, steps': { method: 'sfc', options: { ...noConsistency, bankDraws: 4 } },
  official: { method: 'sfc', options: { ...published, momentum: 1e-4 } },
  repaired: {
    method: 'sfc',
    options: { ...published, scaleByClasses: true, momentum: 0.9, learningRate: 0.01 },
  },
  'official without affinity': { method: 'sfc', options: { ...published, affinityHops: 0, momentum: 1e-4 } },
  'small-set': { method: 'sfc', options: {} },
}

/**
 * What an independent PyTorch program measured with the same settings: all photos, one scale, 1,000 steps on a frozen
 * trunk; mIoU, percent. Its SFC learned as published, which here has two forms that differ by the momentum.
 */
export const independentFigures: Readonly<Record<string, number>> = {
  'plain · CAM': 44.6,
  'plain · difference': 52.1,
  'plain · LPCAM': 53.8,
  'plain, steps · CAM': 44.9,
  'plain, steps · LPCAM': 50.8,
  'bank, steps · CAM': 44.8,
  'bank, steps · LPCAM': 50.1,
  'official · CAM': 40.4,
  'official · both maps': 31.7,
  'official · LPCAM': 49.6,
  'repaired · CAM': 40.4,
  'repaired · both maps': 31.7,
  'repaired · LPCAM': 49.6,
  'official without affinity · CAM': 42.8,
  'official without affinity · both maps': 44.5,
  'official without affinity · LPCAM': 51.3,
}

const briefMaps = ['cam', 'sum', 'trunk-sum', 'difference', 'lpcam']

export const benchTrainings: readonly string[] = Object.keys(trainings)

/** The recipe of one training: CAM, SFC's maps and LPCAM of it. */
export function sfcBenchRecipe(
  training: string,
  { steps, scale, brief }: BenchOptions,
): {
  readonly recipe: { readonly title: string; readonly steps: readonly BenchStep[] }
  readonly measured: readonly BenchRow[]
} {
  const { method, options } = trainings[training]!
  const isSfc = method === 'sfc' && !('prototypeLoss' in options)
  const single = scale === 'one' ? { scales: [1], mirrored: false } : {}
  const trunk = { features: 'trunk', affinityHops: 0, ...single }
  const maps: readonly (readonly [title: string, name: string, method: string, options: object])[] = [
    ['CAM', 'cam', 'cam', single],
    ...(isSfc
      ? ([
          ['classifier map', 'classifier-map', 'sfc-maps', { map: 'classifier', ...single }],
          ['prototype map', 'prototype-map', 'sfc-maps', { map: 'prototype', ...single }],
          ['both maps', 'sum', 'sfc-maps', { map: 'sum', ...single }],
          ['difference of sides', 'side-difference', 'sfc-maps', { map: 'difference', ...single }],
        ] as const)
      : [['both maps, trunk', 'trunk-sum', 'sfc-maps', { map: 'sum', ...trunk }] as const]),
    ['difference of photos’ prototypes', 'photo-difference', 'sfc-maps', { map: 'photo-difference', ...trunk }],
    ['difference', 'difference', 'sfc-maps', { map: 'difference', ...trunk }],
    ['LPCAM', 'lpcam', 'lpcam', single],
  ]
  const made = brief ? maps.filter(([, name]) => briefMaps.includes(name)) : maps
  const budget = method === 'sfc' ? { steps, mirrored: false } : {}
  const trained = { name: 'trained', method, options: { backbone, train: 'head', ...budget, ...options } }
  const from = { classifier: 'trained' }
  const chain = made.map(([, name, kind, mapOptions]) => ({
    name,
    method: kind,
    options: mapOptions,
    from: kind === 'lpcam' ? { ...from, scores: 'cam' } : from,
  }))
  return {
    recipe: { title: `SFC bench: ${training}`, steps: [trained, ...chain] },
    measured: made.map(([title, name]) => ({ row: `${training} · ${title}`, step: name })),
  }
}
