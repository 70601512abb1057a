import { confusion } from '../../../shared/metrics/confusion'
import { type LabelGrid, labelsFromProbabilities } from '../../../shared/raster/labelsFromProbabilities'
import type { Size } from '../../../shared/raster/size'
import { readLabelMap } from '../../artifacts/labelMaps'

export interface ProbabilityConfusionInput {
  readonly grid: LabelGrid
  readonly photo: Size
  /** Path of the true label map. */
  readonly truth: string
}

/** What a network's probabilities confuse on one photo, `[labels, labels]`, rows truth; nothing is stored. */
export async function probabilityConfusion({
  grid,
  photo,
  truth,
}: ProbabilityConfusionInput): Promise<{ readonly matrix: Float64Array }> {
  const map = await readLabelMap(truth)
  return { matrix: confusion(map.labels, labelsFromProbabilities(grid, photo), grid.labels - 1) }
}
