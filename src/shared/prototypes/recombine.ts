import { resizeBilinear } from '../raster/resizeBilinear'
import type { PrototypeSimilarity, SimilarityGrid } from './similarity'

/** Which prototypes of a class are on, side by side with its centres. */
export interface PrototypeSwitches {
  readonly foreground: readonly boolean[]
  readonly context: readonly boolean[]
}

/**
 * The map of a class from the prototypes that are on: at each scale the mean (or the best) of the cosines to the class's
 * own less that to its context's, the ReLU, the sum over scales at the map's size, divided by its maximum. The same
 * steps as the method takes (LPCAM, arXiv:2303.10334, equations 5 and 6), on cosines that it has worked out.
 *
 * @returns `[map.height, map.width]`, 0 … 1; all 0 where nothing is positive
 */
export function recombine(similarity: PrototypeSimilarity, on: PrototypeSwitches): Float32Array {
  const { grids, map, relu } = similarity
  const sum = new Float32Array(map.width * map.height)
  for (const scale of new Set(grids.map(grid => grid.scale))) {
    const copies = grids.filter(grid => grid.scale === scale)
    const scores = new Float32Array(copies[0]!.width * copies[0]!.height)
    for (const copy of copies) add(scores, scoresOf(copy, similarity, on))
    if (relu === 'perScale') scores.forEach((score, cell) => (scores[cell] = Math.max(0, score)))
    add(sum, resizeBilinear(scores, 1, copies[0]!, map))
  }
  return normalised(sum)
}

/** What the class's own prototypes say of each cell, less what its context's say. `[height * width]` */
function scoresOf(grid: SimilarityGrid, { foreground, aggregate }: PrototypeSimilarity, on: PrototypeSwitches) {
  const own = sideOf(grid, 0, on.foreground, aggregate)
  const around = sideOf(grid, foreground, on.context, aggregate)
  return own.map((score, cell) => score - around[cell]!)
}

/** Mean or maximum of the cosines to one side's prototypes; 0 where none is on. */
function sideOf(
  { cosines, width, height }: SimilarityGrid,
  first: number,
  on: readonly boolean[],
  aggregate: PrototypeSimilarity['aggregate'],
): Float32Array {
  const cells = width * height
  const out = new Float32Array(cells)
  const chosen = on.flatMap((yes, place) => (yes ? [first + place] : []))
  chosen.forEach((prototype, turn) => {
    const plane = cosines.subarray(prototype * cells, (prototype + 1) * cells)
    for (let cell = 0; cell < cells; cell++)
      if (aggregate === 'mean') out[cell]! += plane[cell]! / chosen.length
      else out[cell] = turn === 0 ? plane[cell]! : Math.max(out[cell]!, plane[cell]!)
  })
  return out
}

function add(sum: Float32Array, part: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += part[i]!
}

function normalised(map: Float32Array): Float32Array {
  const largest = map.reduce((most, value) => Math.max(most, value), 0)
  return largest === 0 ? map.fill(0) : map.map(value => Math.max(0, value / largest))
}
