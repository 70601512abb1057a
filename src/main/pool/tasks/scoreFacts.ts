import type { Size } from '../../../shared/raster/size'
import { readScoreMaps } from '../../artifacts/scoreMaps'

/** What stored score maps are like; width and height are those of their grid. */
export interface ScoreFacts extends Size {
  /** The largest score of each map, in the order of the photo's labels. */
  readonly largest: readonly number[]
  /** Scores that were no number when the maps were made, and count as 0. */
  readonly nan: number
}

/** @param path of stored score maps */
export async function scoreFacts({ path }: { readonly path: string }): Promise<ScoreFacts> {
  const { keys, maps, width, height, nan = 0 } = await readScoreMaps(path)
  const cells = width * height
  const largest = Array.from(keys, (_, k) =>
    maps.subarray(k * cells, (k + 1) * cells).reduce((most, score) => Math.max(most, score), 0),
  )
  return { width, height, largest, nan }
}
