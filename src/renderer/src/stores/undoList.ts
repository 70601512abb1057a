/** What a value was before each change, so that changes can be taken back and made again. Values are never changed. */
export interface UndoList<Value> {
  /** The newest last. */
  readonly past: readonly Value[]
  /** Taken back, the newest last. */
  readonly future: readonly Value[]
  /** What was changed last: a change of the same goes on with it. */
  readonly what: string | undefined
}

/** Older changes stay. */
const most = 100

export const nothingToUndo = { past: [], future: [], what: undefined } as const

/** @param before what the value was @param what names what changes where many changes in a row are one, as typing is */
export function remembered<Value>(
  { past, what: last }: UndoList<Value>,
  before: Value,
  what?: string,
): UndoList<Value> {
  const goesOn = what !== undefined && what === last
  return { past: goesOn ? past : [...past, before].slice(-most), future: [], what }
}

/** @returns what it was, and the list after that; undefined where there is nothing to take back */
export function undone<Value>({ past, future }: UndoList<Value>, now: Value): Moved<Value> | undefined {
  if (past.length === 0) return undefined
  return { value: past.at(-1)!, list: { past: past.slice(0, -1), future: [...future, now], what: undefined } }
}

/** @returns what was taken back last, and the list after that; undefined where there is nothing to make again */
export function redone<Value>({ past, future }: UndoList<Value>, now: Value): Moved<Value> | undefined {
  if (future.length === 0) return undefined
  return { value: future.at(-1)!, list: { past: [...past, now], future: future.slice(0, -1), what: undefined } }
}

interface Moved<Value> {
  readonly value: Value
  readonly list: UndoList<Value>
}
