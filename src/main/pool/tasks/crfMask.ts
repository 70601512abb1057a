import type { CrfSettings } from '../../../shared/crf/crfSettings'
import { placesThroughField } from '../../../shared/crf/placesThroughField'
import { unaryFromScores, type ScoreEvidence } from '../../../shared/crf/scoreUnary'
import type { RgbImage } from '../../../shared/raster/size'
import type { ScoreMaps } from '../../../shared/tensors/scoreMaps'
import { countLabels, writeLabelMap } from '../../artifacts/labelMaps'
import { readScoreMaps } from '../../artifacts/scoreMaps'
import { decodePhoto } from '../../media/decodePhoto'
import { checkMapsOfPhoto } from './sameSize'
import type { StopCheck } from '../stopFlag'
import { shrunkTo } from './shrunkTo'

export interface CrfMaskInput {
  /** Paths of a photo and of its stored score maps. */
  readonly photo: string
  readonly scores: string
  /** Foreground, before the field smooths it, is where the largest score is above this. */
  readonly threshold: number
  readonly evidence: ScoreEvidence
  readonly settings: CrfSettings
  /** A photo with a longer side than this many pixels is worked at that size; null: every photo at its own. */
  readonly longestSide: number | null
  readonly blobFolder: string
}

export interface CrfMaskOutput {
  /** Hash name of the indexed PNG. */
  readonly blob: string
  /** Pixels of label 0 (background), 1, 2 … up to the highest class the photo has a map of. */
  readonly pixels: readonly number[]
}

/** The label map of one photo at its own size, from stored scores and a dense CRF on the photo's colours. */
export async function crfMask(input: CrfMaskInput, stop: StopCheck): Promise<CrfMaskOutput> {
  const [photo, scores] = await Promise.all([decodePhoto(input.photo), readScoreMaps(input.scores)])
  checkMapsOfPhoto(input.photo, photo, scores)
  const places =
    scores.keys.length === 0 ? new Uint8Array(photo.width * photo.height) : refine(photo, scores, input, stop)
  const labelOf = Uint8Array.of(0, ...Array.from(scores.keys, key => key + 1))
  const labels = places.map(place => labelOf[place]!)
  const blob = await writeLabelMap(input.blobFolder, { labels, width: photo.width, height: photo.height }, 'derived')
  return { blob, pixels: countLabels(labels, Math.max(...labelOf)) }
}

/** `[pixels of the photo]`: 0 background, else the place of a class in the maps' keys, counted from 1. */
function refine(photo: RgbImage, scores: ScoreMaps, input: CrfMaskInput, stop: StopCheck): Uint8Array {
  const { threshold, evidence, settings, longestSide } = input
  const labels = scores.keys.length + 1
  const image = shrunkTo(photo, longestSide)
  const unary = unaryFromScores(scores, image, threshold, evidence)
  return placesThroughField(image, unary, labels, photo, settings, stop)
}
