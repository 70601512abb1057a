import type { ClassStatistics, ClassTable } from '../../../../shared/contract/datasetStats'
import type { TailPart } from '../../../../shared/metrics/longTail'

export const barMeasures = ['photos', 'pixels'] as const
export type BarMeasure = (typeof barMeasures)[number]
export const barScales = ['linear', 'log'] as const
export type BarScale = (typeof barScales)[number]
export const barOrders = ['frequency', 'place'] as const
export type BarOrder = (typeof barOrders)[number]

export interface ClassBar {
  readonly place: number
  readonly name: string
  readonly value: number
  /** Of the longest bar, in [0, 1]. */
  readonly length: number
  /** Of all photos, or of all pixels of classes, in [0, 1]. */
  readonly share: number
  readonly part: TailPart
  /** The first class of its part, in the order of frequency: a heading goes before it. */
  readonly startsPart: boolean
}

export interface BarOptions {
  readonly measure: BarMeasure
  readonly scale: BarScale
  readonly order: BarOrder
  /** Part of a name, any case. */
  readonly find: string
}

/** The bars of a class histogram. On the log scale a bar of one photo has a length, and one of none has not. */
export function classBars(table: ClassTable, { measure, scale, order, find }: BarOptions): ClassBar[] {
  const valueOf = (row: ClassStatistics) => (measure === 'photos' ? row.photos : (row.pixels ?? 0))
  const values = table.classes.map(valueOf)
  const longest = Math.max(1, ...values)
  const whole = measure === 'photos' ? table.photos : values.reduce((sum, value) => sum + value, 0)
  const wanted = find.trim().toLocaleLowerCase()
  const rows = table.classes.filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
  // Parts are of photos, and so is the order: the same class stays at the same height when the measure changes.
  if (order === 'frequency') rows.sort((left, right) => right.photos - left.photos || left.place - right.place)
  return rows.map((row, i) => ({
    place: row.place,
    name: row.name,
    value: valueOf(row),
    length: scale === 'linear' ? valueOf(row) / longest : Math.log1p(valueOf(row)) / Math.log1p(longest),
    share: whole === 0 ? 0 : valueOf(row) / whole,
    part: row.part,
    startsPart: order === 'frequency' && row.part !== rows[i - 1]?.part,
  }))
}
