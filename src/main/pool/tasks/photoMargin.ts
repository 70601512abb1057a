import { meanMargin } from '../../../shared/metrics/meanMargin'
import { rankScores } from '../../../shared/raster/rankScores'
import { readScoreMaps } from '../../artifacts/scoreMaps'

export interface PhotoMarginInput {
  /** Path of stored score maps. */
  readonly scores: string
  readonly threshold: number
}

/** How clearly one photo's mask is decided; null where nothing in it is foreground. */
export async function photoMargin({ scores, threshold }: PhotoMarginInput): Promise<number | null> {
  const maps = await readScoreMaps(scores)
  return meanMargin(rankScores(maps, { width: maps.photoWidth, height: maps.photoHeight }), threshold)
}
