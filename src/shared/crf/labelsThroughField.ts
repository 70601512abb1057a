import type { LabelGrid } from '../raster/labelsFromProbabilities'
import { resizeBilinear } from '../raster/resizeBilinear'
import type { RgbImage, Size } from '../raster/size'
import type { CrfSettings } from './crfSettings'
import { likeliestLabels } from './denseCrf'
import { placesThroughField } from './placesThroughField'
import { unaryFromProbabilities } from './unary'

/**
 * A label that is nowhere likelier than this, and nowhere the likeliest, is left out: eighty classes cost what a few do.
 * On the sample's photos, nine classes, 3.6 labels are left of the 8 that reach 0.01, in 0.6 of the time; 17 pixels of a
 * million get another label.
 */
const NEGLIGIBLE = 0.05

/**
 * The label map that a dense CRF makes of a network's probabilities, `[photo.height · photo.width]`.
 *
 * @param image   the photo, or the photo made smaller: the field is worked at its size
 * @param grid    probabilities at any resolution
 * @param between called before every update; what it throws ends the inference
 */
export function labelsThroughField(
  image: RgbImage,
  grid: LabelGrid,
  photo: Size,
  settings: CrfSettings,
  between: () => void = () => undefined,
): Uint8Array {
  const pixels = grid.width * grid.height
  const plane = (label: number) => grid.planes.subarray(label * pixels, (label + 1) * pixels)
  const winners = new Set(likeliestLabels(grid.planes, grid.labels))
  const kept = [...Array(grid.labels).keys()].filter(
    label => winners.has(label) || plane(label).some(p => p >= NEGLIGIBLE),
  )
  const planes = new Float32Array(kept.length * pixels)
  kept.forEach((label, place) => planes.set(plane(label), place * pixels))
  const unary = unaryFromProbabilities(resizeBilinear(planes, kept.length, grid, image))
  const places = placesThroughField(image, unary, kept.length, photo, settings, between)
  return places.map(place => kept[place]!)
}
