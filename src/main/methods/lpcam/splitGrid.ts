import { WorkbenchError } from '../../../shared/errors'
import type { Size } from '../../../shared/raster/size'
import type { ScoreMaps } from '../../../shared/tensors/scoreMaps'
import { nearestFloorIndices } from '../../nn/multiScale'

/** Which cells of one photo's feature grid belong to the class, and which to its context. */
export interface CellSplit {
  readonly foreground: readonly number[]
  readonly context: readonly number[]
}

/** Cells above τ and below τ; a cell exactly at τ goes to neither (LPCAM code step/make_lpcam.py). */
export function splitCells(values: Float32Array, tau: number): CellSplit {
  const foreground: number[] = []
  const context: number[] = []
  values.forEach((value, cell) => {
    if (value > tau) foreground.push(cell)
    else if (value < tau) context.push(cell)
  })
  return { foreground, context }
}

/**
 * The seed map of one class at the cells of a feature grid: the samples the seed step kept, or, for maps made
 * elsewhere, the nearest-floor samples of the stored map.
 * @returns `[grid.height * grid.width]`
 * @throws SHAPE_MISMATCH when the kept samples are of another grid
 */
export function gridOf(scores: ScoreMaps, classIndex: number, grid: Size, photo: string): Float32Array {
  const channel = scores.keys.indexOf(classIndex)
  if (channel < 0) return new Float32Array(grid.width * grid.height)
  if (scores.grid) {
    const { width, height, values } = scores.grid
    if (width !== grid.width || height !== grid.height)
      throw new WorkbenchError(
        'SHAPE_MISMATCH',
        `${photo}: the seed's map has ${width}×${height} cells, the features have ${grid.width}×${grid.height}. ` +
          'Make the seed with the same classifier.',
      )
    return values.subarray(channel * width * height, (channel + 1) * width * height)
  }
  const { width, height } = scores
  const rows = nearestFloorIndices(height, grid.height)
  const columns = nearestFloorIndices(width, grid.width)
  const out = new Float32Array(grid.width * grid.height)
  for (let y = 0; y < grid.height; y++)
    for (let x = 0; x < grid.width; x++)
      out[y * grid.width + x] = scores.maps[(channel * height + rows[y]!) * width + columns[x]!]!
  return out
}
