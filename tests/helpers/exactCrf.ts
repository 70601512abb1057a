import type { CrfSettings } from '../../src/shared/crf/crfSettings'
import { bilateralFeatures, spatialFeatures } from '../../src/shared/crf/kernels'
import type { RgbImage } from '../../src/shared/raster/size'

/** The dense CRF with its kernels summed over all pairs, in doubles: what the lattice approximates. O(pixels²). */
export function exactCrf(image: RgbImage, unary: Float32Array, labels: number, settings: CrfSettings): Float64Array {
  const pixels = image.width * image.height
  const { spatial, bilateral, iterations } = settings
  const kernels = [
    { weight: spatial.weight, features: spatialFeatures(image, spatial.sigma), dimensions: 2 },
    { weight: bilateral.weight, features: bilateralFeatures(image, bilateral), dimensions: 5 },
  ].filter(({ weight }) => weight > 0)
  const sum = new Float64Array(pixels * pixels)
  for (const { weight, features, dimensions } of kernels)
    normalised(features, dimensions).forEach((value, at) => (sum[at]! += weight * value))
  let marginals = softmax(
    Float64Array.from(unary, energy => -energy),
    labels,
  )
  for (let iteration = 0; iteration < iterations; iteration++) {
    const next = Float64Array.from(unary, energy => -energy)
    for (let label = 0; label < labels; label++) addMessages(sum, marginals, next, label * pixels)
    marginals = softmax(next, labels)
  }
  return marginals
}

/** What every pixel hears of one label, whose values begin at `start`. */
function addMessages(kernel: Float64Array, marginals: Float64Array, next: Float64Array, start: number): void {
  const pixels = Math.sqrt(kernel.length)
  for (let i = 0; i < pixels; i++) {
    let heard = 0
    for (let j = 0; j < pixels; j++) heard += kernel[i * pixels + j]! * marginals[start + j]!
    next[start + i]! += heard
  }
}

/** N K N of features `[points, dimensions]`: `[points, points]` */
function normalised(features: Float32Array, dimensions: number): Float64Array {
  const points = features.length / dimensions
  const kernel = new Float64Array(points * points)
  for (let i = 0; i < points; i++)
    for (let j = 0; j < points; j++) {
      let squared = 0
      for (let d = 0; d < dimensions; d++)
        squared += (features[i * dimensions + d]! - features[j * dimensions + d]!) ** 2
      kernel[i * points + j] = Math.exp(-squared / 2)
    }
  const scale = Float64Array.from({ length: points }, (_, i) => {
    const row = kernel.subarray(i * points, (i + 1) * points)
    return 1 / Math.sqrt(row.reduce((sum, value) => sum + value, 1e-20))
  })
  return kernel.map((value, at) => value * scale[Math.floor(at / points)]! * scale[at % points]!)
}

/** Over the labels. `[labels, pixels]` */
function softmax(energies: Float64Array, labels: number): Float64Array {
  const pixels = energies.length / labels
  return energies.map((_, at) => {
    let sum = 0
    for (let label = 0; label < labels; label++)
      sum += Math.exp(energies[label * pixels + (at % pixels)]! - energies[at]!)
    return 1 / sum
  })
}
