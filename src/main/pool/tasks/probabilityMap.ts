import { type LabelGrid, labelsFromProbabilities } from '../../../shared/raster/labelsFromProbabilities'
import type { Size } from '../../../shared/raster/size'
import { writeLabelMap } from '../../artifacts/labelMaps'

export interface ProbabilityMapInput {
  readonly grid: LabelGrid
  readonly photo: Size
  readonly blobFolder: string
}

/** Stores the label map of a photo that a network's probabilities give. @returns its blob */
export async function probabilityMap({
  grid,
  photo,
  blobFolder,
}: ProbabilityMapInput): Promise<{ readonly blob: string }> {
  const { width, height } = photo
  const labels = labelsFromProbabilities(grid, photo)
  return { blob: await writeLabelMap(blobFolder, { labels, width, height }, 'derived') }
}
