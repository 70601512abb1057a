import type { CrfSettings } from '../../../shared/crf/crfSettings'
import { labelsThroughField } from '../../../shared/crf/labelsThroughField'
import { type LabelGrid, labelsFromProbabilities } from '../../../shared/raster/labelsFromProbabilities'
import type { Size } from '../../../shared/raster/size'
import { writeLabelMap } from '../../artifacts/labelMaps'
import { decodePhoto } from '../../media/decodePhoto'
import type { StopCheck } from '../stopFlag'
import { shrunkTo } from './shrunkTo'

export interface ProbabilityMapInput {
  readonly grid: LabelGrid
  readonly photo: Size & { readonly path: string }
  /** A dense CRF on the photo's colours, worked at most at this longest side in pixels; null: none. */
  readonly crf: { readonly settings: CrfSettings; readonly longestSide: number } | null
  readonly blobFolder: string
}

/** Stores the label map of a photo that a network's probabilities give. @returns its blob */
export async function probabilityMap(
  { grid, photo, crf, blobFolder }: ProbabilityMapInput,
  stop: StopCheck,
): Promise<{ readonly blob: string }> {
  const { width, height } = photo
  const labels =
    crf === null
      ? labelsFromProbabilities(grid, photo)
      : labelsThroughField(shrunkTo(await decodePhoto(photo.path), crf.longestSide), grid, photo, crf.settings, stop)
  return { blob: await writeLabelMap(blobFolder, { labels, width, height }, 'derived') }
}
