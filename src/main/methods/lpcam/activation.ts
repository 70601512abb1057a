import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../engine/current'
import type { LpcamOptions } from './options'

/** torch.nn.functional.cosine_similarity's guard. */
const COSINE_EPSILON = 1e-8

/** One class's share of a prototype matrix: the columns of its own and of its context's directions. */
export interface ClassColumns {
  readonly foreground: number
  readonly context: number
}

/** The prototypes of the classes of one photo, as columns of unit length (or their means). */
export interface PrototypeMatrix {
  /** `[d, m]`, columns ordered class by class, foreground before context. */
  readonly directions: Tensor
  readonly columns: readonly ClassColumns[]
}

/**
 * LPCAM of one photo at one scale: mean cosine to the class prototypes minus mean cosine to the context prototypes
 * (LPCAM equations 5 and 6).
 *
 * The mean of cosines is one product with the mean of the unit prototypes, so with `aggregate: mean` each class has a
 * single column, foreground minus context: another order of the same sums.
 *
 * @param features `[copies, h, w, d]`, the photo and its mirror image
 * @returns `[h, w, n]`; negative values remain where `relu` is afterMerge
 */
export function prototypeActivation(
  features: Tensor,
  matrix: PrototypeMatrix,
  { flipMerge, relu }: Pick<LpcamOptions, 'flipMerge' | 'relu'>,
): Tensor {
  const { tf } = currentEngine()
  return tf.tidy(() => {
    const scores = mergedGrids(features, flipMerge).map(grid =>
      classScores(cosines(grid, matrix.directions), matrix.columns),
    )
    const sum = scores.reduce((total, map) => total.add(map))
    return relu === 'perScale' ? tf.relu(sum) : sum
  })
}

/** Photo and mirror image turned back, as one grid of summed features or as two. `[copies, h, w, d]` → `[h, w, d]` each */
export function mergedGrids(features: Tensor, flipMerge: LpcamOptions['flipMerge']): Tensor[] {
  const { tf } = currentEngine()
  const copies = tf.unstack(features).map((copy, i) => (i === 0 ? copy : copy.reverse(1)))
  return flipMerge === 'feature' ? [copies.reduce((sum, copy) => sum.add(copy))] : copies
}

/** Cosine of each cell's feature to each column; 0 at a feature of zeros. `[h, w, d]` → `[h, w, m]` */
export function cosines(grid: Tensor, directions: Tensor): Tensor {
  const { tf } = currentEngine()
  const [height, width, channels] = grid.shape as [number, number, number]
  const rows = grid.reshape([height * width, channels])
  const norms = rows.square().sum(1, true).sqrt().maximum(COSINE_EPSILON)
  return tf
    .matMul(rows as Tensor, directions)
    .div(norms)
    .reshape([height, width, directions.shape[1]!])
}

/** From a column a prototype to a map a class: the best of its own minus the best of its context. */
function classScores(columns: Tensor, layout: readonly ClassColumns[]): Tensor {
  const { tf } = currentEngine()
  if (layout.every(({ foreground, context }) => foreground === 1 && context === 0)) return columns
  const [height, width] = columns.shape as [number, number, number]
  let start = 0
  const best = (count: number) => {
    const part = columns.slice([0, 0, start], [height, width, count]).max(2, true)
    start += count
    return part
  }
  return tf.concat(
    layout.map(({ foreground, context }) => {
      const own = best(foreground)
      return context === 0 ? own : own.sub(best(context))
    }),
    2,
  )
}
