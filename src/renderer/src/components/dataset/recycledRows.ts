import type { Range } from '@tanstack/vue-virtual'

/** Which rows exist, and which element shows each. */
export interface RecycledRows {
  /** The rows that exist while those of `range` are on the screen: always as many, as long as there are so many. */
  readonly range: (range: Range) => number[]
  /** Number of the element that shows a row. */
  readonly slot: (row: number) => number
}

/**
 * Lets a row that scrolls in take the elements of the one that scrolled out: to fill them with other photos costs a part
 * of making them. For that there are always as many rows as were ever needed at once, and row i is in slot i mod their
 * number.
 */
export function recycledRows(): RecycledRows {
  let slots = 1
  return {
    range({ startIndex, endIndex, overscan, count }) {
      slots = Math.max(slots, endIndex - startIndex + 1 + 2 * overscan)
      const first = Math.max(0, Math.min(startIndex - overscan, count - slots))
      return Array.from({ length: Math.min(slots, count) }, (_, i) => first + i)
    },
    slot: row => row % slots,
  }
}
