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
  const seen = prediction.map((label, i) => (truth[i] === VOID ? VOID : label === VOID ? 0 : label))
  const present = new Set([...labelsIn(truth), ...labelsIn(seen)])
  const counts = { intersection: new Float64Array(classes + 1), union: new Float64Array(classes + 1) }
  const distance = boundaryDistance(size)
  for (const label of present) {
    if (label > classes) continue
    const first = insideOf(truth, label, size, distance)
    const second = insideOf(seen, label, size, distance)
    for (let i = 0; i < truth.length; i++) {
      const inTruth = truth[i] === label && first[i] === 0
      const inMask = seen[i] === label && second[i] === 0
      if (inTruth && inMask) counts.intersection[label]!++
      if (inTruth || inMask) counts.union[label]!++
    }
  }
  return counts
}

/** Pixels, at least 1. */
export function boundaryDistance({ width, height }: Size): number {
  return Math.max(1, Math.round(WIDTH * Math.hypot(width, height)))
}

function labelsIn(labels: Uint8Array): number[] {
  const seen = new Uint8Array(256)
  for (let i = 0; i < labels.length; i++) seen[labels[i]!] = 1
  return [...seen.keys()].filter(label => seen[label] === 1)
}

/** 1 where the square of side 2 · distance + 1 around a pixel is all of that label and inside the photo. */
function insideOf(labels: Uint8Array, label: number, { width, height }: Size, distance: number): Uint8Array {
  const across = new Uint8Array(labels.length)
  for (let y = 0; y < height; y++)
    erodeLine(
      x => labels[y * width + x] === label,
      width,
      distance,
      x => (across[y * width + x] = 1),
    )
  const inside = new Uint8Array(labels.length)
  for (let x = 0; x < width; x++)
    erodeLine(
      y => across[y * width + x] === 1,
      height,
      distance,
      y => (inside[y * width + x] = 1),
    )
  return inside
}

/** Calls `keep` for each place that has `distance` members of the set on either side, without a gap. */
function erodeLine(has: (place: number) => boolean, length: number, distance: number, keep: (place: number) => void) {
  let run = 0
  for (let place = 0; place < length; place++) {
    run = has(place) ? run + 1 : 0
    if (run > 2 * distance) keep(place - distance)
  }
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
