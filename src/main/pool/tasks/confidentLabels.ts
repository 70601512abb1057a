import { denseCrfs, likeliestLabels } from '../../../shared/crf/denseCrf'
import type { CrfSettings } from '../../../shared/crf/crfSettings'
import { unaryFromLabels } from '../../../shared/crf/unary'
import { confidentLabels as agreed } from '../../../shared/raster/confidentLabels'
import { scoreArgmax } from '../../../shared/raster/labelsFromScores'
import { VOID } from '../../../shared/raster/palette'
import { resizeNearest } from '../../../shared/raster/resizeNearest'
import type { RgbImage } from '../../../shared/raster/size'
import { decodePhoto } from '../../media/decodePhoto'
import { countLabels, writeLabelMap } from '../../artifacts/labelMaps'
import { readScoreMaps } from '../../artifacts/scoreMaps'
import type { StopCheck } from '../stopFlag'
import { checkMapsOfPhoto } from './sameSize'
import { shrunkTo } from './shrunkTo'

export interface ConfidentLabelsInput {
  /** Path of the photo, and what error sentences call it. */
  readonly path: string
  readonly photo: string
  /** Path of stored score maps. */
  readonly scores: string
  /** A class is certain where its score, refined, is above this. */
  readonly foreground: number
  /** Background is certain where no score, refined, is above this. */
  readonly background: number
  /** A photo with a longer side than this many pixels is worked at that size; null: every photo at its own. */
  readonly longestSide: number | null
  readonly crf: CrfSettings
  /** Probability that a label is right, before the field is asked. */
  readonly labelConfidence: number
  readonly blobFolder: string
}

export interface ConfidentLabelsOutput {
  /** Hash name of the indexed PNG: 0 background, 1 … C, 255 where the two readings disagree. */
  readonly blob: string
  /** Pixels of each value of the map, `[256]`. */
  readonly pixels: readonly number[]
}

/** What IRN is trained on, for one photo (jiwoon-ahn/irn step/cam_to_ir_label.py). */
export async function confidentLabels(input: ConfidentLabelsInput, stop: StopCheck): Promise<ConfidentLabelsOutput> {
  const [photo, scores] = await Promise.all([decodePhoto(input.path), readScoreMaps(input.scores)])
  checkMapsOfPhoto(input.photo, photo, scores)
  const image = shrunkTo(photo, input.longestSide)
  const { scores: best, places } = scoreArgmax(scores, image)
  const readings = [input.foreground, input.background].map(threshold =>
    places.map((place, i) => (best[i]! > threshold ? place + 1 : 0)),
  )
  const [strict, generous] = scores.keys.length === 0 ? readings : refined(readings, image, scores.keys, input, stop)
  const decided = agreed(strict!, generous!)
  const labels = resizeNearest(decided, 1, image, photo, 'centre')
  const { width, height } = photo
  const blob = await writeLabelMap(input.blobFolder, { labels, width, height }, 'derived')
  return { blob, pixels: countLabels(labels, VOID) }
}

/** Values of both readings that are worked on together: a photo of several megapixels would double what a thread takes. */
const mostTogether = 2 ** 23

/** Readings of labels 0 … n of a photo's own classes, smoothed along its colours. @returns labels of the project */
function refined(
  readings: readonly Uint8Array[],
  image: RgbImage,
  keys: Int32Array,
  { crf, labelConfidence }: ConfidentLabelsInput,
  stop: StopCheck,
): Uint8Array[] {
  const labels = keys.length + 1
  const isLarge = readings.length * labels * image.width * image.height > mostTogether
  const groups = isLarge ? readings.map(reading => [reading]) : [readings]
  return groups.flatMap(group => {
    const unaries = group.map(places => unaryFromLabels(places, labels, labelConfidence))
    return denseCrfs(image, unaries, labels, crf, stop).map(marginals =>
      likeliestLabels(marginals, labels).map(place => (place === 0 ? 0 : keys[place - 1]! + 1)),
    )
  })
}
