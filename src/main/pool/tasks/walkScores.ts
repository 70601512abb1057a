import { walkScores as walk, type WalkSettings } from '../../../shared/affinity/walkScores'
import { resizeBilinear } from '../../../shared/raster/resizeBilinear'
import type { Size } from '../../../shared/raster/size'
import { readScoreMaps, writeScoreMaps } from '../../artifacts/scoreMaps'
import { checkMapsOfPhoto } from './sameSize'

export interface WalkScoresInput {
  /** Path of stored score maps. */
  readonly scores: string
  /** What error sentences call the photo, and its pixels. */
  readonly photo: string
  readonly photoSize: Size
  /** `[size.height, size.width]`, in [0, 1]. */
  readonly edge: Float32Array
  readonly size: Size
  readonly walk: WalkSettings
  readonly blobFolder: string
}

export interface WalkScoresOutput {
  /** Hash name of the score maps after the walk. */
  readonly blob: string
  /** Whether the maps came in another size than the edges and were brought to theirs. */
  readonly resized: boolean
  /** False where nothing was left to walk: every pixel becomes background. */
  readonly alive: boolean
  /** Scores that were no number after the walk, and are stored as 0. */
  readonly nan: number
}

/** One photo's score maps after their walk between its edges (jiwoon-ahn/irn step/make_sem_seg_labels.py). */
export async function walkScores(input: WalkScoresInput): Promise<WalkScoresOutput> {
  const { edge, size } = input
  const scores = await readScoreMaps(input.scores)
  checkMapsOfPhoto(input.photo, input.photoSize, scores)
  const { photoWidth, photoHeight, keys, maps: given, nan: before = 0 } = scores
  const resized = scores.width !== size.width || scores.height !== size.height
  const maps = walk(resized ? resizeBilinear(given, keys.length, scores, size) : given, edge, size, input.walk)
  const { blob, nan } = await writeScoreMaps(input.blobFolder, {
    keys,
    ...size,
    maps,
    photoWidth,
    photoHeight,
    nan: before,
  })
  return { blob, nan, resized, alive: keys.length === 0 || maps.some(score => score > 0) }
}
