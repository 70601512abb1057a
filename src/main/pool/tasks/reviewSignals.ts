import { maskDoubt, type DoubtCell } from '../../../shared/metrics/maskDoubt'
import { meanMargin } from '../../../shared/metrics/meanMargin'
import { rankScores } from '../../../shared/raster/rankScores'
import { readLabelMap } from '../../artifacts/labelMaps'
import { readScoreMaps } from '../../artifacts/scoreMaps'
import { checkMapsOfPhoto } from './sameSize'

export interface ReviewSignalsInput {
  /** Path of the mask. */
  readonly labels: string
  /** Path of the score maps that it came from; null: there are none. */
  readonly scores: string | null
  readonly threshold: number
}

/** What one photo's mask and maps say of how much a look is worth. */
export interface ReviewSignals {
  /** Pixels of each label that occurs. */
  readonly pixels: readonly (readonly [label: number, pixels: number])[]
  /** Null: no maps. */
  readonly maps: {
    /** `meanMargin`. */
    readonly margin: number | null
    /** `maskDoubt`. */
    readonly entropy: number | null
    readonly cells: readonly DoubtCell[]
  } | null
}

export async function reviewSignals({ labels: path, scores, threshold }: ReviewSignalsInput): Promise<ReviewSignals> {
  const mask = await readLabelMap(path)
  const counts = new Uint32Array(256)
  for (let i = 0; i < mask.labels.length; i++) counts[mask.labels[i]!]!++
  const pixels = [...counts.entries()].filter(([, count]) => count > 0)
  if (scores === null) return { pixels, maps: null }
  const grid = await readScoreMaps(scores)
  checkMapsOfPhoto(path, mask, grid)
  const ranked = rankScores(grid, mask)
  return {
    pixels,
    maps: { margin: meanMargin(ranked, threshold), ...maskDoubt(mask.labels, ranked, grid.keys, threshold) },
  }
}
