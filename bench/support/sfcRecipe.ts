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
  /** Names of trainings, parted by commas; empty: all. */
  readonly only: string
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

/** The recipe that trains each, and makes CAM, SFC's maps and LPCAM of each. */
export function sfcBenchRecipe({ steps, scale, only }: BenchOptions): {
  readonly recipe: { readonly title: string; readonly steps: readonly BenchStep[] }
  readonly measured: readonly BenchRow[]
} {
  const wanted = only === '' ? Object.keys(trainings) : only.split(';')
  const single = scale === 'one' ? { scales: [1], mirrored: false } : {}
  const all: BenchStep[] = []
  const measured: BenchRow[] = []
  for (const [place, name] of wanted.entries()) {
    const { method, options } = trainings[name]!
    const own = `t${place}`
    const budget = method === 'sfc' ? { steps, mirrored: false } : {}
    all.push({ name: own, method, options: { backbone, train: 'head', ...budget, ...options } })
    const from = { classifier: own }
    const maps: readonly (readonly [string, string, object])[] = [
      ['CAM', 'cam', single],
      ...(method === 'sfc' && !('prototypeLoss' in options)
        ? ([
            ['classifier map', 'sfc-maps', { map: 'classifier', ...single }],
            ['prototype map', 'sfc-maps', { map: 'prototype', ...single }],
            ['sum', 'sfc-maps', { map: 'sum', ...single }],
            ['difference, side', 'sfc-maps', { map: 'difference', ...single }],
          ] as const)
        : []),
      ['prototype map, trunk', 'sfc-maps', { map: 'prototype', features: 'trunk', affinityHops: 0, ...single }],
      ['sum, trunk', 'sfc-maps', { map: 'sum', features: 'trunk', affinityHops: 0, ...single }],
      ['difference', 'sfc-maps', { map: 'difference', features: 'trunk', affinityHops: 0, ...single }],
    ]
    for (const [title, kind, mapOptions] of maps) {
      const step = `${own}-${title.replace(/[^a-z]+/gi, '-').toLowerCase()}`
      all.push({ name: step, method: kind, options: mapOptions, from })
      measured.push({ row: `${name} · ${title}`, step })
    }
    all.push({ name: `${own}-lpcam`, method: 'lpcam', options: single, from: { ...from, scores: `${own}-cam` } })
    measured.push({ row: `${name} · LPCAM`, step: `${own}-lpcam` })
  }
  return { recipe: { title: 'SFC bench', steps: all }, measured }
}
