import { labelsFromScores } from '../../../shared/raster/labelsFromScores'
import { countLabels, writeLabelMap } from '../../artifacts/labelMaps'
import { readScoreMaps } from '../../artifacts/scoreMaps'

export interface LabelMapInput {
  /** Path of stored score maps. */
  readonly scores: string
  /** Foreground is where the largest score is above it. */
  readonly threshold: number
  readonly blobFolder: string
}

export interface LabelMapOutput {
  /** Hash name of the indexed PNG. */
  readonly blob: string
  /** Pixels of label 0 (background), 1, 2 … up to the highest class the photo has a map of. */
  readonly pixels: readonly number[]
  /** Scores that were no number when the maps were made, and count as 0. */
  readonly nan: number
}

/** The label map of one photo at its own size, from stored scores and a threshold. */
export async function labelMap({ scores: path, threshold, blobFolder }: LabelMapInput): Promise<LabelMapOutput> {
  const scores = await readScoreMaps(path)
  const size = { width: scores.photoWidth, height: scores.photoHeight }
  const labels = labelsFromScores(scores, size, threshold)
  const classes = scores.keys.reduce((highest, key) => Math.max(highest, key + 1), 0)
  const blob = await writeLabelMap(blobFolder, { labels, ...size }, 'derived')
  return { blob, pixels: countLabels(labels, classes), nan: scores.nan ?? 0 }
}
