/** One curve of a step as it is stored. */
export interface RunCurve {
  readonly step: string
  readonly name: string
  readonly points: readonly (readonly [at: number, value: number | null])[]
}

/** A figure of a whole step. */
export interface RunFigure {
  readonly step: string
  readonly name: string
  readonly value: number | null
}

/** The AP of one class, after the newest epoch or of the whole step. */
export interface ClassPrecision {
  readonly name: string
  /** Place in the project's list, which gives the colour; −1: of a class that is not there any more. */
  readonly place: number
  readonly value: number | null
}

/** More points than a screen has columns: beyond that a curve is read again, thinned. */
export const mostKeptPoints = 5_000

/** Names of mean APs: `mAP on unseen photos`; those of classes go on with `: cat`. */
const isMeanPrecision = (name: string) => name.startsWith('mAP') && !name.includes(': ')

/**
 * Steps that train: what several of them learn does not fit one chart.
 * @param steps of the run, in its order
 */
export function trainingsOf(curves: readonly RunCurve[], steps: readonly string[]): readonly string[] {
  const training = new Set(chartsOf(curves).loss.map(({ step }) => step))
  return steps.filter(step => training.has(step))
}

/** The curves that belong in one chart: how wrong the training is, and how good the classifier. */
export function chartsOf(curves: readonly RunCurve[]) {
  const shown = curves.filter(({ points }) => points.length > 0)
  const lines = (wanted: (name: string) => boolean) => shown.filter(({ name }) => wanted(name))
  const means = lines(isMeanPrecision)
  return {
    loss: lines(name => name.includes('loss')),
    precision: means,
    rest: lines(name => !name.includes('loss') && !name.startsWith('mAP')),
    perClass: means.flatMap(({ name }) => lines(other => other.startsWith(`${name}: `))),
  }
}

/**
 * The newest AP of each class. Where several are measured, that on photos which the training did not see.
 * @param classes the project's, in its order
 */
export function classPrecisions(
  curves: readonly RunCurve[],
  figures: readonly RunFigure[],
  classes: readonly string[],
): { readonly of: string; readonly mean: number | null; readonly rows: readonly ClassPrecision[] } | undefined {
  const values = new Map<string, number | null>([
    ...curves.map(({ name, points }) => [name, points.at(-1)?.[1] ?? null] as const),
    ...figures.map(({ name, value }) => [name, value] as const),
  ])
  const means = [...values.keys()].filter(isMeanPrecision)
  const of = means.find(name => !name.includes('training')) ?? means[0]
  if (of === undefined) return undefined
  const prefix = `${of}: `
  const rows = [...values].flatMap(([name, value]) => {
    if (!name.startsWith(prefix)) return []
    const ofClass = name.slice(prefix.length)
    return [{ name: ofClass, place: classes.indexOf(ofClass), value }]
  })
  return {
    of,
    mean: values.get(of) ?? null,
    rows: rows.sort((left, right) => (left.value ?? -1) - (right.value ?? -1)),
  }
}

/** New points put into their curves; one that was there already is replaced, as after a resume. */
export function withPoints(
  curves: readonly RunCurve[],
  added: readonly {
    readonly step: string
    readonly name: string
    readonly at: number
    readonly value: number | null
  }[],
): readonly RunCurve[] {
  const key = (step: string, name: string) => `${step}\n${name}`
  const byCurve = new Map(curves.map(curve => [key(curve.step, curve.name), curve]))
  const groups = new Map<string, typeof added>()
  for (const point of added)
    groups.set(key(point.step, point.name), [...(groups.get(key(point.step, point.name)) ?? []), point])
  for (const [of, points] of groups) {
    const { step, name } = points[0]!
    const first = Math.min(...points.map(({ at }) => at))
    const old = byCurve.get(of)?.points ?? []
    const fresh = new Map(points.map(({ at, value }) => [at, value]))
    const kept = old.filter(([at]) => !fresh.has(at))
    const merged = [...kept, ...fresh]
    const inOrder = (old.at(-1)?.[0] ?? -Infinity) < first
    byCurve.set(of, { step, name, points: inOrder ? merged : merged.sort(([left], [right]) => left - right) })
  }
  return [...byCurve.values()]
}
