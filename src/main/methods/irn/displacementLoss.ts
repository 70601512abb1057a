import { type AffinityPath, reachOf } from '../../../shared/affinity/affinityPaths'
import { VOID } from '../../../shared/raster/palette'
import type { AffinityPairs, CropGrid } from './affinityLoss'

export interface DisplacementLoss {
  /** (foreground + background) / 2 */
  readonly total: number
  /** Mean |D(p) − D(q) − (q − p)| over the pairs of one class, cells an axis. */
  readonly foreground: number
  /** Mean |D(p) − D(q)| over the pairs of background. */
  readonly background: number
  /** ∂ total / ∂ displacement. */
  readonly gradient: Float32Array
}

const EPSILON = 1e-5

/**
 * Cells of one object are to point at one centre: their displacements differ by their distance; those of background
 * not at all (arXiv:1904.05044, equations 3 and 4; jiwoon-ahn/irn net/resnet50_irn.py `AffinityDisplacementLoss`).
 *
 * @param displacement `[count, height, width, 2]`: dy, dx to the centre, cells
 * @param labels       `[count, height, width]`; void pairs with nothing
 */
export function displacementLoss(
  displacement: Float32Array,
  labels: Uint8Array,
  grid: CropGrid,
  { paths, radius }: AffinityPairs,
): DisplacementLoss {
  const kinds = [new DistanceKind(displacement.length), new DistanceKind(displacement.length)] as const
  for (const path of paths) comparePairs(displacement, labels, grid, path, reachOf(radius), kinds)
  const [background, foreground] = kinds
  const [bg, fg] = [0.5 / background.count, 0.5 / foreground.count]
  const gradient = displacement.map((_, i) => bg * background.slopes[i]! + fg * foreground.slopes[i]!)
  return {
    total: (foreground.mean + background.mean) / 2,
    foreground: foreground.mean,
    background: background.mean,
    gradient,
  }
}

class DistanceKind {
  pairs = 0
  cost = 0
  readonly slopes: Float32Array

  constructor(values: number) {
    this.slopes = new Float32Array(values)
  }

  /** Two axes a pair. */
  get count(): number {
    return 2 * this.pairs + EPSILON
  }

  get mean(): number {
    return this.cost / this.count
  }

  /** |difference| of one axis, between the values at two places. */
  add(difference: number, from: number, to: number): void {
    const slope = Math.sign(difference)
    this.cost += Math.abs(difference)
    this.slopes[from]! += slope
    this.slopes[to]! -= slope
  }
}

function comparePairs(
  displacement: Float32Array,
  labels: Uint8Array,
  { count, height, width }: CropGrid,
  { dy, dx }: AffinityPath,
  reach: number,
  [background, foreground]: readonly [DistanceKind, DistanceKind],
): void {
  for (let map = 0; map < count; map++)
    for (let y = 0; y < height - reach; y++)
      for (let x = reach; x < width - reach; x++) {
        const cell = (map * height + y) * width + x
        const other = cell + dy * width + dx
        const label = labels[cell]!
        if (label === VOID || label !== labels[other]) continue
        const kind = label === 0 ? background : foreground
        const scale = label === 0 ? 0 : 1
        kind.pairs++
        kind.add(displacement[2 * cell]! - displacement[2 * other]! - scale * dy, 2 * cell, 2 * other)
        kind.add(displacement[2 * cell + 1]! - displacement[2 * other + 1]! - scale * dx, 2 * cell + 1, 2 * other + 1)
      }
}
