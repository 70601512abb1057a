import { describeSize, type Size } from '../raster/size'
import { WorkbenchError } from '../errors'
import { randomWalk } from './randomWalk'
import { transitionOf, type WalkGraph } from './transition'

export interface WalkSettings extends WalkGraph {
  /** The walk takes 2^doublings steps. */
  readonly doublings: number
}

/**
 * IRN's semantic propagation (jiwoon-ahn/irn misc/indexing.py `propagate_to_edge`, step/make_sem_seg_labels.py):
 * scores are taken away where edges are, the rest walks, and one maximum over all classes scales the result to 1.
 *
 * @param scores `[count, height, width]`, ≥ 0
 * @param edge   `[height, width]`, in [0, 1]
 * @returns      `[count, height, width]`, in [0, 1]; all 0 where nothing is left to walk
 */
export function walkScores(
  scores: Float32Array,
  edge: Float32Array,
  size: Size,
  { doublings, ...graph }: WalkSettings,
): Float32Array {
  const cells = size.width * size.height
  if (edge.length !== cells || scores.length % cells !== 0)
    throw new WorkbenchError(
      'SHAPE_MISMATCH',
      `a walk on ${describeSize(size)} cells was given ${edge.length} edges and ${scores.length} scores`,
    )
  const inside = scores.map((score, i) => score * (1 - edge[i % cells]!))
  const walked = randomWalk(inside, scores.length / cells, transitionOf(edge, size, graph), 2 ** doublings)
  const largest = walked.reduce((most, value) => Math.max(most, value), 0)
  return largest === 0 ? walked : walked.map(value => value / largest)
}
