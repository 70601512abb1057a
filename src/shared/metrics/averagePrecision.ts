/**
 * Area under the precision-recall curve of one class over a split, made monotone from the right: at every recall the
 * best precision reachable at that recall or beyond counts (PASCAL VOC 2010 devkit, `VOCevalcls`, all points).
 *
 * Photos of equal score enter together, so that their order in the list does not matter. Photos whose scores are NaN
 * rank last.
 *
 * @param scores one a photo, higher means more likely present
 * @param labels one a photo, 1 present, 0 absent
 * @returns in [0, 1]; null when no photo has the class, for then recall is not defined
 */
export function averagePrecision(scores: ArrayLike<number>, labels: ArrayLike<number>): number | null {
  const points = precisionRecall(scores, labels)
  if (points === null) return null
  let area = 0
  let best = 0
  for (let i = points.length - 1; i >= 0; i--) {
    const { precision, recall } = points[i]!
    best = Math.max(best, precision)
    area += (recall - (points[i - 1]?.recall ?? 0)) * best
  }
  return area
}

/** The mean of what is defined: classes without a photo do not count. null when none is defined. */
export function meanAveragePrecision(values: readonly (number | null)[]): number | null {
  const defined = values.filter(value => value !== null)
  return defined.length === 0 ? null : defined.reduce((total, value) => total + value, 0) / defined.length
}

/** Precision and recall when every photo scoring at least a threshold is called present, thresholds falling. */
function precisionRecall(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
): { readonly precision: number; readonly recall: number }[] | null {
  const rank = (i: number) => (Number.isNaN(scores[i]!) ? -Infinity : scores[i]!)
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => compareFalling(rank(a), rank(b)))
  const positives = order.reduce((count, i) => count + labels[i]!, 0)
  if (positives === 0) return null
  const points: { precision: number; recall: number }[] = []
  let found = 0
  order.forEach((photo, place) => {
    found += labels[photo]!
    const next = order[place + 1]
    if (next !== undefined && rank(next) === rank(photo)) return
    points.push({ precision: found / (place + 1), recall: found / positives })
  })
  return points
}

/** Falling order that also holds for ±∞, whose difference is NaN. */
function compareFalling(a: number, b: number): number {
  return a === b ? 0 : a > b ? -1 : 1
}
