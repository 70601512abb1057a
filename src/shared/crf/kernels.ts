import type { RgbImage, Size } from '../raster/size'
import type { CrfSettings } from './crfSettings'
import { LatticeFilter } from './latticeFilter'
import { buildLattice } from './permutohedralLattice'

/** A kernel of the field, normalised: `w · N K N` with `N = diag(1/√(K 1))` (pydensecrf's NORMALIZE_SYMMETRIC). */
export class NormalisedKernel {
  readonly #filter: LatticeFilter
  /** `[points]`: the diagonal of N. */
  readonly #scale: Float32Array

  /** @param features `[points, dimensions]`, in standard deviations */
  constructor(
    features: Float32Array,
    dimensions: number,
    readonly weight: number,
    labels: number,
  ) {
    const lattice = buildLattice(features, dimensions)
    const ones = new Float32Array(lattice.points).fill(1)
    const sums = new Float32Array(lattice.points)
    new LatticeFilter(lattice, 1).add(ones, sums, ones, 1)
    this.#scale = sums.map(sum => 1 / Math.sqrt(sum + 1e-20))
    this.#filter = new LatticeFilter(lattice, labels)
  }

  /** Adds what every pixel hears from all others, itself among them, as the reference does. Both `[points, labels]`. */
  addMessages(marginals: Float32Array, energy: Float32Array): void {
    this.#filter.add(marginals, energy, this.#scale, this.weight)
  }
}

/** The kernels with a weight; one of weight 0 says nothing. */
export function kernelsOf(image: RgbImage, { spatial, bilateral }: CrfSettings, labels: number): NormalisedKernel[] {
  const kernels: NormalisedKernel[] = []
  if (spatial.weight > 0)
    kernels.push(new NormalisedKernel(spatialFeatures(image, spatial.sigma), 2, spatial.weight, labels))
  if (bilateral.weight > 0)
    kernels.push(new NormalisedKernel(bilateralFeatures(image, bilateral), 5, bilateral.weight, labels))
  return kernels
}

/** `[height · width, 2]`: x/σ, y/σ. */
export function spatialFeatures({ width, height }: Size, sigma: number): Float32Array {
  const features = new Float32Array(width * height * 2)
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      features[at++] = x / sigma
      features[at++] = y / sigma
    }
  return features
}

/** `[height · width, 5]`: x/σxy, y/σxy, then red, green and blue of 0 … 255 over σrgb. */
export function bilateralFeatures(
  { width, height, data }: RgbImage,
  { sigmaXy, sigmaRgb }: CrfSettings['bilateral'],
): Float32Array {
  const features = new Float32Array(width * height * 5)
  for (let y = 0, at = 0, colour = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      features[at++] = x / sigmaXy
      features[at++] = y / sigmaXy
      for (let channel = 0; channel < 3; channel++) features[at++] = data[colour++]! / sigmaRgb
    }
  return features
}
