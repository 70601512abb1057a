import type { ConfusionCell } from '../../../../shared/metrics/confusion'

export interface SharedCell extends ConfusionCell {
  /** Of the pixels whose truth is `truth`, 0 … 1. */
  readonly share: number
}

/** Each cell as a part of its row: what becomes of a true class. @param labels C + 1 */
export function confusionShares(cells: readonly ConfusionCell[], labels: number): SharedCell[] {
  const rows = new Float64Array(labels)
  for (const { truth, pixels } of cells) rows[truth]! += pixels
  return cells.map(cell => ({ ...cell, share: cell.pixels / rows[cell.truth]! }))
}
