import { type AffinityPath, pathOffsets, reachOf } from '../../../shared/affinity/affinityPaths'
import { VOID } from '../../../shared/raster/palette'

/** Maps of several crops: `[count, height, width]`. */
export interface CropGrid {
  readonly count: number
  readonly height: number
  readonly width: number
}

/** Pairs of cells between which something is known. */
export interface AffinityPairs {
  readonly radius: number
  readonly paths: readonly AffinityPath[]
}

export interface AffinityLoss {
  /** (½ background + ½ foreground + different) / 2 */
  readonly total: number
  /** Mean −ln a over the pairs of background, of one class, and mean −ln (1 − a) over those of different labels. */
  readonly background: number
  readonly foreground: number
  readonly different: number
  /** Pairs of each kind. */
  readonly pairs: { readonly background: number; readonly foreground: number; readonly different: number }
  /** ∂ total / ∂ edge, in the shape of the edges. */
  readonly gradient: Float32Array
}

/** Keeps a kind that no pair is of from dividing by 0, and a logarithm finite (jiwoon-ahn/irn step/train_irn.py). */
const EPSILON = 1e-5

/**
 * How well edges tell apart the pairs that the labels tell apart (arXiv:1904.05044, equations 5 and 6; jiwoon-ahn/irn
 * net/resnet50_irn.py `AffinityDisplacementLoss`). The affinity a of a pair is 1 − the strongest edge on the way; only
 * that edge, the first of equals, gets a gradient.
 *
 * Each way is followed where both its ends have a label, and nothing is written out: the reference gathers 2,134 values
 * for each cell at radius 10.
 *
 * @param edge   `[count, height, width]`, in [0, 1]
 * @param labels the same shape; void pairs with nothing
 */
export function affinityLoss(
  edge: Float32Array,
  labels: Uint8Array,
  grid: CropGrid,
  { paths, radius }: AffinityPairs,
): AffinityLoss {
  const kinds = [new PairKind(edge.length), new PairKind(edge.length), new PairKind(edge.length)] as const
  for (const path of paths) followPath(edge, labels, grid, path, reachOf(radius), kinds)
  const [background, foreground, different] = kinds
  const gradient = new Float32Array(edge.length)
  const [bg, fg, df] = [
    0.25 / (background.pairs + EPSILON),
    0.25 / (foreground.pairs + EPSILON),
    0.5 / (different.pairs + EPSILON),
  ]
  for (let i = 0; i < gradient.length; i++)
    gradient[i] = bg * background.slopes[i]! + fg * foreground.slopes[i]! + df * different.slopes[i]!
  return {
    total: (background.mean + foreground.mean) / 4 + different.mean / 2,
    background: background.mean,
    foreground: foreground.mean,
    different: different.mean,
    pairs: { background: background.pairs, foreground: foreground.pairs, different: different.pairs },
    gradient,
  }
}

/** The pairs of one kind: how many, what they cost in all, and what each edge adds to that. */
class PairKind {
  pairs = 0
  cost = 0
  readonly slopes: Float32Array

  constructor(cells: number) {
    this.slopes = new Float32Array(cells)
  }

  get mean(): number {
    return this.cost / (this.pairs + EPSILON)
  }

  add(cost: number, cell: number, slope: number): void {
    this.pairs++
    this.cost += cost
    this.slopes[cell]! += slope
  }
}

/** Cells whose whole half disc lies in the map are the pairs' first ends, as in the reference. */
function followPath(
  edge: Float32Array,
  labels: Uint8Array,
  { count, height, width }: CropGrid,
  path: AffinityPath,
  reach: number,
  [background, foreground, different]: readonly [PairKind, PairKind, PairKind],
): void {
  const offsets = pathOffsets(path, width)
  const step = path.dy * width + path.dx
  for (let map = 0; map < count; map++)
    for (let y = 0; y < height - reach; y++)
      for (let x = reach; x < width - reach; x++) {
        const cell = (map * height + y) * width + x
        const label = labels[cell]!
        const other = labels[cell + step]!
        if (label === VOID || other === VOID) continue
        const at = strongestCell(edge, cell, offsets)
        const strongest = edge[at]!
        if (label !== other) different.add(-Math.log(strongest + EPSILON), at, -1 / (strongest + EPSILON))
        else {
          const affinity = 1 - strongest + EPSILON
          ;(label === 0 ? background : foreground).add(-Math.log(affinity), at, 1 / affinity)
        }
      }
}

function strongestCell(edge: Float32Array, cell: number, offsets: Int32Array): number {
  let at = cell + offsets[0]!
  let most = edge[at]!
  for (let i = 1; i < offsets.length; i++) {
    const place = cell + offsets[i]!
    const value = edge[place]!
    if (value > most) {
      most = value
      at = place
    }
  }
  return at
}
