import type { ConfusionCell } from './confusion'

/** The class that another is most often mixed up with. */
export interface ConfusionPartner {
  /** Label, 1 … C. */
  readonly label: number
  /** Pixels of either that are called the other, of the class's truth and mask together, 0 … 1. */
  readonly share: number
}

/**
 * Whom each class is most confused with. Mistakes count in both directions and are shares of the class's union, so that
 * IoU, the shares of all partners and that of background add up to 1. Background is no partner: a mask that is too
 * small or too large shows in FN and FP.
 *
 * @param cells of a confusion, labels 0 … `classes`
 * @returns by label; undefined where the class is mixed up with none
 */
export function confusionPartners(cells: readonly ConfusionCell[], classes: number): (ConfusionPartner | undefined)[] {
  const union = new Float64Array(classes + 1)
  const mixed = Array.from({ length: classes + 1 }, () => new Map<number, number>())
  for (const { truth, predicted, pixels } of cells) {
    union[truth]! += pixels
    if (truth === predicted) continue
    union[predicted]! += pixels
    add(mixed[truth]!, predicted, pixels)
    add(mixed[predicted]!, truth, pixels)
  }
  return mixed.map((partners, label) => {
    if (label === 0) return undefined
    const [partner, pixels] = [...partners].reduce((best, other) => (other[1] > best[1] ? other : best), [0, 0])
    return partner === 0 ? undefined : { label: partner, share: pixels / union[label]! }
  })
}

function add(to: Map<number, number>, label: number, pixels: number): void {
  if (label !== 0) to.set(label, (to.get(label) ?? 0) + pixels)
}

/**
 * How large a class is drawn: its pixels in the masks over its pixels in the truth. 1 as large as it is, below it the
 * maps see only a part of it, above it they leak. Null where the truth has none.
 */
export function relativeArea(scores: {
  readonly truthPixels: number
  readonly predictedPixels: number
}): number | null {
  return scores.truthPixels === 0 ? null : scores.predictedPixels / scores.truthPixels
}
