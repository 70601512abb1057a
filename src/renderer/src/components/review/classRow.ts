import type { LabelState } from '../../../../shared/contract/states'

/** One label as the classes panel shows it. */
export interface ClassRow {
  /** 0 background, 1 … C, 255 void. */
  readonly label: number
  readonly name: string
  readonly colour: string
  /** The digit that chooses it, with Shift from 10 on; undefined from 19 on. */
  readonly key: string | undefined
  readonly locked: boolean
  /** What the photo's labels say; undefined of background and void, which are in none. */
  readonly present: LabelState | undefined
  /** Share of the photo that it has in the mask, 0 … 1. */
  readonly share: number
}

/** The rows whose name holds what is typed, those that begin with it first. */
export function foundRows(rows: readonly ClassRow[], typed: string): readonly ClassRow[] {
  const wanted = typed.trim().toLocaleLowerCase()
  if (wanted === '') return rows
  const found = rows.filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
  const begins = (row: ClassRow) => (row.name.toLocaleLowerCase().startsWith(wanted) ? 0 : 1)
  return [...found].sort((a, b) => begins(a) - begins(b))
}
