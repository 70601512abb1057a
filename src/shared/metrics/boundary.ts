import { VOID } from '../raster/palette'
import type { Size } from '../raster/size'

/** Width of a boundary, as a share of the photo's diagonal. */
const WIDTH = 0.02

/** Pixels of the boundaries of each label, background first. */
export interface BoundaryCounts {
  /** In both boundaries. */
  readonly intersection: Float64Array
  /** In at least one of them. */
  readonly union: Float64Array
}

/**
 * How well the borders of a mask agree with the truth's: Boundary IoU (Cheng, Girshick, Dollár, Berg, Kirillov 2021,
 * arXiv:2103.16562, section 4). A label's boundary are its pixels within a distance of its own edge, inside it; the
 * photo's edge is one, too. The distance is chessboard, 2 % of the diagonal, as in bowenc0221/boundary-iou-api
 * `mask_to_boundary`. What is void in the truth is in neither, a void pixel of the mask is background.
 *
 * @param truth      `[height * width]`: 0 background, 1 … `classes`, 255 void
 * @param prediction same
 * @param classes    foreground classes C
 * @returns          `[C + 1]` each
 */
export function boundaryCounts(truth: Uint8Array, prediction: Uint8Array, size: Size, classes: number): BoundaryCounts {
  const seen = withVoidOf(truth, prediction)
  const distance = boundaryDistance(size)
  const insideTruth = interior(truth, size, distance)
  const insideMask = interior(seen, size, distance)
  // One place for every value of a byte: what is no class is counted, too, and cut off at the end.
  const intersection = new Float64Array(256)
  const union = new Float64Array(256)
  for (let i = 0; i < truth.length; i++) {
    const inTruth = insideTruth[i] === 0
    const inMask = insideMask[i] === 0
    const shared = inTruth && inMask && truth[i] === seen[i]
    if (shared) intersection[truth[i]!]!++
    if (inTruth) union[truth[i]!]!++
    if (inMask && !shared) union[seen[i]!]!++
  }
  return { intersection: intersection.slice(0, classes + 1), union: union.slice(0, classes + 1) }
}

/** The mask with the truth's void; its own is background. */
function withVoidOf(truth: Uint8Array, mask: Uint8Array): Uint8Array {
  const seen = new Uint8Array(mask.length)
  for (let i = 0; i < mask.length; i++) seen[i] = truth[i] === VOID ? VOID : mask[i] === VOID ? 0 : mask[i]!
  return seen
}

/** Pixels, at least 1. */
export function boundaryDistance({ width, height }: Size): number {
  return Math.max(1, Math.round(WIDTH * Math.hypot(width, height)))
}

/**
 * 1 where the square of side 2 · distance + 1 around a pixel has one label and lies inside the photo; of all labels at
 * once: what does not end in a row is marked first, then what does not end in a column of marked pixels.
 */
function interior(labels: Uint8Array, { width, height }: Size, distance: number): Uint8Array {
  const side = 2 * distance + 1
  const across = new Uint8Array(labels.length)
  for (let y = 0; y < height; y++) {
    let run = 0
    for (let x = 0, at = y * width; x < width; x++, at++) {
      run = x > 0 && labels[at] === labels[at - 1] ? run + 1 : 1
      if (run >= side) across[at - distance] = 1
    }
  }
  const inside = new Uint8Array(labels.length)
  const runs = new Int32Array(width)
  for (let y = 0; y < height; y++)
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const isContinued = y > 0 && labels[at] === labels[at - width]
      runs[x] = across[at] === 0 ? 0 : isContinued ? runs[x]! + 1 : 1
      if (runs[x]! >= side) inside[at - distance * width] = 1
    }
  return inside
}

/** Adds one photo's counts to a running total. */
export function addBoundaries(total: BoundaryCounts, part: BoundaryCounts): void {
  for (let label = 0; label < total.union.length; label++) {
    total.intersection[label]! += part.intersection[label]!
    total.union[label]! += part.union[label]!
  }
}

/** Boundary IoU of each label, 0 … 1; null where neither truth nor mask has it. */
export function boundaryIou({
  intersection,
  union,
}: {
  readonly intersection: ArrayLike<number>
  readonly union: ArrayLike<number>
}): (number | null)[] {
  return Array.from(union, (pixels, label) => (pixels === 0 ? null : intersection[label]! / pixels))
}

/** Mean over the labels that truth or mask has; null where there is none. */
export function meanBoundaryIou(counts: Parameters<typeof boundaryIou>[0]): number | null {
  const defined = boundaryIou(counts).filter(iou => iou !== null)
  return defined.length === 0 ? null : defined.reduce((sum, iou) => sum + iou, 0) / defined.length
}
