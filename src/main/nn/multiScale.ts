import type { Tensor } from '@tensorflow/tfjs'
import type { Size } from '../../shared/raster/size'
import { currentEngine } from '../engine/current'
import { add, resizeBilinear } from '../engine/ops'
import { readTidy } from '../engine/transfer'

/** Stored maps have a quarter of the input's resolution, rounded up (jiwoon-ahn/irn step/make_cam.py `strided_size`). */
export function quarterSize({ width, height }: Size): Size {
  return { width: Math.ceil(width / 4), height: Math.ceil(height / 4) }
}

/**
 * Sums the maps of several scales at a quarter of the input's resolution: a direct half-pixel bilinear resize of each.
 * @param maps each `[h, w, n]`; not consumed
 * @returns `[ceil(H / 4), ceil(W / 4), n]`
 */
export function sumAtQuarter(maps: readonly Tensor[], input: Size): Tensor {
  return sumResized(maps, quarterSize(input))
}

/**
 * Sums the maps of several scales at the input's own resolution: resized to the next multiple of 16, then cropped
 * (irn `highres`), so that grid cells keep their place.
 * @returns `[H, W, n]`
 */
export function sumAtInput(maps: readonly Tensor[], { width, height }: Size): Tensor {
  const sum = sumResized(maps, { width: Math.ceil(width / 16) * 16, height: Math.ceil(height / 16) * 16 })
  const channels = sum.shape[2]!
  const cropped = sum.slice([0, 0, 0], [height, width, channels])
  sum.dispose()
  return cropped
}

function sumResized(maps: readonly Tensor[], { width, height }: Size): Tensor {
  const { tf } = currentEngine()
  return tf.tidy(() =>
    maps
      .map(map => resizeBilinear(map.expandDims(0), height, width))
      .reduce((sum, map) => add(sum, map))
      .squeeze([0]),
  )
}

/**
 * Makes `[h, w, count]` maps in a tidy and reads them as planes `[count, h, w]`; nothing is made for no classes.
 */
export function readPlanes(count: number, make: () => Tensor): Float32Array {
  return count === 0 ? new Float32Array(0) : readTidy(() => make().transpose([2, 0, 1]))
}

/**
 * Divides each plane by its largest value plus `epsilon`, in place; a plane without a positive value becomes 0.
 * @returns for each plane whether anything positive was in it
 */
export function normalisePlanes(planes: Float32Array, count: number, epsilon: number): boolean[] {
  const size = count === 0 ? 0 : planes.length / count
  return Array.from({ length: count }, (_, k) => {
    const plane = planes.subarray(k * size, (k + 1) * size)
    let largest = 0
    for (const value of plane) if (value > largest) largest = value
    if (largest > 0) for (let i = 0; i < size; i++) plane[i] = Math.max(0, plane[i]! / (largest + epsilon))
    else for (let i = 0; i < size; i++) if (plane[i]! <= 0) plane[i] = 0 // NaN stays: whoever stores the maps counts it
    return largest > 0
  })
}

/** Index in `inputs` cells that a nearest-floor resize to `outputs` cells takes for each (torch's `nearest`). */
export function nearestFloorIndices(inputs: number, outputs: number): Int32Array {
  return Int32Array.from({ length: outputs }, (_, i) => Math.min(Math.floor((i * inputs) / outputs), inputs - 1))
}
