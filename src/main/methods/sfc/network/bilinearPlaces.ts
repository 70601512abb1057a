import type { Tensor, Tensor1D } from '@tensorflow/tfjs'
import { type LinearTaps, linearTaps } from '../../../../shared/raster/bilinearRows'
import { currentEngine } from '../../../engine/current'
import type { PlaneSize } from '../../../nn/tensors'
import type { PlaceLayout } from './placeLayout'

/** Which rows of a finer depth the places of a grid are mixed of: four each, the corners around it. */
export interface PlaceReading {
  /** int32 `[4 · n]`, corner by corner */
  readonly rows: Tensor1D
  /** `[4 · n, 1]`, ≥ 0; those of a place sum to 1 */
  readonly weights: Tensor
}

/**
 * Bilinear sampling with half-pixel centres and no antialias, as a list of what it reads: of a plane four times as fine
 * that is a quarter of its places, and nothing need be computed at the others.
 *
 * @param planes of each photo at the finer depth
 * @param grids  of each photo
 */
export function readingOf(planes: readonly PlaneSize[], grids: readonly PlaneSize[]): PlaceReading {
  const { tf } = currentEngine()
  const total = grids.reduce((sum, { height, width }) => sum + height * width, 0)
  const rows = new Int32Array(4 * total)
  const weights = new Float32Array(4 * total)
  let firstPlace = 0
  let firstRow = 0
  for (const [photo, grid] of grids.entries()) {
    const plane = planes[photo]!
    visitCorners(plane, grid, linearTaps, (place, corner, row, weight) => {
      const at = corner * total + firstPlace + place
      rows[at] = firstRow + row
      weights[at] = weight
    })
    firstPlace += grid.height * grid.width
    firstRow += plane.height * plane.width
  }
  return { rows: tf.tensor1d(rows, 'int32'), weights: tf.tensor2d(weights, [4 * total, 1]) }
}

/**
 * Bilinear resizing with the corners aligned, as a matrix from the places of one grid to those of another.
 * @returns `[b, to.longest, from.longest]`, or `[1, …]` where all photos share their grids
 */
export function alignedResize(from: PlaceLayout, to: PlaceLayout): Tensor {
  const alike = [from, to].every(
    ({ grids }) => new Set(grids.map(({ height, width }) => `${height}×${width}`)).size === 1,
  )
  const photos = alike ? 1 : from.grids.length
  const size = from.longest * to.longest
  const matrix = new Float32Array(photos * size)
  for (let photo = 0; photo < photos; photo++)
    visitCorners(from.grids[photo]!, to.grids[photo]!, alignedTaps, (place, _, row, weight) => {
      matrix[photo * size + place * from.longest + row]! += weight
    })
  return currentEngine().tf.tensor3d(matrix, [photos, to.longest, from.longest])
}

/** torch's `align_corners=True` along one axis. */
function alignedTaps(from: number, to: number): LinearTaps {
  const sources = Float64Array.from({ length: to }, (_, i) => (to === 1 ? 0 : (i * (from - 1)) / (to - 1)))
  const near = Int32Array.from(sources, Math.floor)
  return { near, far: near.map(i => Math.min(i + 1, from - 1)), weight: sources.map((source, i) => source - near[i]!) }
}

/** Every place of `to` with the four places of `from` around it and their weights. */
function visitCorners(
  from: PlaneSize,
  to: PlaneSize,
  tapsOf: (from: number, to: number) => LinearTaps,
  visit: (place: number, corner: number, row: number, weight: number) => void,
): void {
  const down = tapsOf(from.height, to.height)
  const across = tapsOf(from.width, to.width)
  for (let y = 0, place = 0; y < to.height; y++)
    for (let x = 0; x < to.width; x++, place++)
      for (let corner = 0; corner < 4; corner++) {
        const lower = corner >= 2
        const right = corner % 2 === 1
        const row = (lower ? down.far : down.near)[y]! * from.width + (right ? across.far : across.near)[x]!
        const part =
          (lower ? down.weight[y]! : 1 - down.weight[y]!) * (right ? across.weight[x]! : 1 - across.weight[x]!)
        visit(place, corner, row, part)
      }
}
