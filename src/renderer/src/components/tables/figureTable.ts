import { countText, percentOf } from '../../texts/amounts'
/** How a column's figures are written. */
export type FigureFormat =
  | 'share' // 0 … 1, shown as percent
  | 'points' // a difference of shares, shown as signed percentage points with a bar
  | 'count' // a whole number, with a bar of its part of the column's largest where asked
  | 'times' // a factor
  | 'text'

export interface FigureColumn {
  readonly key: string
  readonly title: string
  /** What it is, with its unit: heard, and shown where the pointer rests. */
  readonly hint: string
  /** A heading over neighbours that share it. */
  readonly group?: string
  readonly format: FigureFormat
  /** CSS px. */
  readonly width: number
}

export type FigureValue = number | string | null

export interface FigureRow {
  readonly key: string
  readonly name: string
  /** Colour of a class. */
  readonly colour?: string
  /** Said after the name, quietly. */
  readonly note?: string
  readonly values: Readonly<Record<string, FigureValue>>
}

export interface FigureSort {
  /** A column's key, or `name`. */
  readonly key: string
  readonly descending: boolean
}

/** A sort as an address has it: the column's key, after a minus where the largest stands first. */
export function sortText(sort: FigureSort | undefined): string | undefined {
  return sort && `${sort.descending ? '-' : ''}${sort.key}`
}

export function sortOf(text: string | undefined): FigureSort | undefined {
  if (text === undefined || text === '') return undefined
  return text.startsWith('-') ? { key: text.slice(1), descending: true } : { key: text, descending: false }
}

/** Rows in the order of a column; what has no figure stands last either way, and equals keep their order. */
export function sortedRows(rows: readonly FigureRow[], sort: FigureSort | undefined): readonly FigureRow[] {
  if (sort === undefined) return rows
  const valueOf = (row: FigureRow) => (sort.key === 'name' ? row.name : (row.values[sort.key] ?? null))
  const sign = sort.descending ? -1 : 1
  return rows.toSorted((left, right) => {
    const [a, b] = [valueOf(left), valueOf(right)]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b)))
  })
}

/** A figure as a person reads it; the unit stands in the column's head. */
export function figureText(value: FigureValue | undefined, format: FigureFormat): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'string') return value
  switch (format) {
    case 'share':
      return percentOf(value)
    case 'points':
      return signed(100 * value)
    case 'times':
      return value.toFixed(2)
    default:
      return countText(value)
  }
}

/** `+4.0`, `−1.5`, `0.0`: never −0.0. */
function signed(value: number): string {
  const text = Math.abs(value).toFixed(1)
  return text === '0.0' ? text : `${value > 0 ? '+' : '−'}${text}`
}

/** Names of groups and how many columns each spans, in order. */
export function columnGroups(columns: readonly FigureColumn[]): { readonly title: string; readonly span: number }[] {
  const groups: { title: string; span: number }[] = []
  for (const { group = '' } of columns) {
    const last = groups.at(-1)
    if (last?.title === group) last.span++
    else groups.push({ title: group, span: 1 })
  }
  return groups
}

/** The largest figure of a column, by its size: what its bars are parts of. 0 where there is none. */
export function largestOf(rows: readonly FigureRow[], key: string): number {
  return rows.reduce((largest, { values }) => {
    const value = values[key]
    return typeof value === 'number' ? Math.max(largest, Math.abs(value)) : largest
  }, 0)
}
