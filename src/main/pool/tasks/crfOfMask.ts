import type { CrfSettings } from '../../../shared/crf/crfSettings'
import { placesThroughField } from '../../../shared/crf/placesThroughField'
import { unaryFromLabels } from '../../../shared/crf/unary'
import { VOID } from '../../../shared/raster/palette'
import { resizeNearest } from '../../../shared/raster/resizeNearest'
import type { RgbImage } from '../../../shared/raster/size'
import { countLabels, readLabelMap, writeLabelMap } from '../../artifacts/labelMaps'
import { decodePhoto } from '../../media/decodePhoto'
import type { StopCheck } from '../stopFlag'
import { checkMadeOfPhoto } from './sameSize'
import { shrunkTo } from './shrunkTo'

export interface CrfOfMaskInput {
  /** Paths of a photo and of its mask. */
  readonly photo: string
  readonly mask: string
  /** Probability that a pixel of the mask is right. */
  readonly confidence: number
  /** Pixels of no label stay without one. */
  readonly keepVoid: boolean
  readonly settings: CrfSettings
  /** A photo with a longer side than this many pixels is worked at that size; null: every photo at its own. */
  readonly longestSide: number | null
  readonly blobFolder: string
}

export interface CrfOfMaskOutput {
  /** Hash name of the indexed PNG. */
  readonly blob: string
  /** Pixels of each value of the mask that came and of the one that was made, `[256]`. */
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/** The mask of one photo, drawn to the edges of its colours. The field knows the labels that the mask has. */
export async function crfOfMask(input: CrfOfMaskInput, stop: StopCheck): Promise<CrfOfMaskOutput> {
  const [photo, mask] = await Promise.all([decodePhoto(input.photo), readLabelMap(input.mask)])
  checkMadeOfPhoto(input.photo, photo, mask, 'mask was')
  const before = countLabels(mask.labels, VOID)
  const known = [...before.keys()].filter(label => label !== VOID && before[label]! > 0)
  const decided = known.length === 0 ? mask.labels : refined(photo, mask.labels, known, input, stop)
  const labels = input.keepVoid ? decided.map((label, i) => (mask.labels[i] === VOID ? VOID : label)) : decided
  const { width, height } = photo
  const blob = await writeLabelMap(input.blobFolder, { labels, width, height }, 'derived')
  return { blob, before, after: countLabels(labels, VOID) }
}

/** @param known the labels of the mask, ascending @returns `[pixels of the photo]`: one of them each */
function refined(
  photo: RgbImage,
  labels: Uint8Array,
  known: readonly number[],
  { settings, longestSide, confidence }: CrfOfMaskInput,
  stop: StopCheck,
): Uint8Array {
  const image = shrunkTo(photo, longestSide)
  const placeOf = new Uint8Array(VOID + 1).fill(VOID)
  known.forEach((label, place) => (placeOf[label] = place))
  const places = resizeNearest(labels, 1, photo, image, 'centre').map(label => placeOf[label]!)
  const unary = unaryFromLabels(places, known.length, confidence)
  return placesThroughField(image, unary, known.length, photo, settings, stop).map(place => known[place]!)
}
