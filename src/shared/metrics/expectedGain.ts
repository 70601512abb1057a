import type { DoubtCell } from './maskDoubt'

/** What one photo adds to the sums of the set. */
export interface DoubtedPhoto {
  /** Pixels of each label in the mask. */
  readonly pixels: readonly (readonly [label: number, pixels: number])[]
  readonly cells: readonly DoubtCell[]
}

/** What setting one photo's mask right would add. */
export interface ExpectedGain {
  /** Points of mean IoU over the set, 0 … 100. */
  readonly points: number
  /** Pixels that are expected to be wrong. */
  readonly pixels: number
  /** The label that would gain most; null where nothing is expected to be wrong. */
  readonly label: number | null
}

/**
 * What correcting each photo would add to the mean IoU of the set, as its score maps expect it.
 *
 * With A the pixels of label c in all masks, W those of them that are expected to be wrong, and M the pixels of other
 * labels that are expected to be c: I = A − W, U = A + M, IoU = I / U. A corrected pixel of label a that should be b takes
 * a false positive from a, which raises its IoU by I / U² at first order, and gives b a true positive, which raises it by
 * 1 / U. Their sum over the photo's doubtful pixels, over the number of labels, is its gain.
 *
 * @param classes foreground classes C; the mean is over C + 1 labels
 * @returns       one a photo, in the same order
 */
export function expectedGains(photos: readonly DoubtedPhoto[], classes: number): ExpectedGain[] {
  const { intersection, union } = expectedCounts(photos, classes + 1)
  return photos.map(({ cells }) => {
    const gains = new Float64Array(classes + 1)
    let pixels = 0
    for (const { label, other, expected } of cells) {
      gains[label]! += (expected * intersection[label]!) / union[label]! ** 2
      gains[other]! += expected / union[other]!
      pixels += expected
    }
    const sum = gains.reduce((total, gain) => total + gain, 0)
    return {
      points: (100 * sum) / (classes + 1),
      pixels,
      label: pixels === 0 ? null : gains.indexOf(Math.max(...gains)),
    }
  })
}

/** Expected intersection and union of each label over all photos, pixels. */
function expectedCounts(photos: readonly DoubtedPhoto[], labels: number) {
  const intersection = new Float64Array(labels)
  const union = new Float64Array(labels)
  for (const { pixels, cells } of photos) {
    for (const [label, count] of pixels) {
      if (label >= labels) continue // void
      intersection[label]! += count
      union[label]! += count
    }
    for (const { label, other, expected } of cells) {
      intersection[label]! -= expected
      union[other]! += expected
    }
  }
  return { intersection, union }
}
