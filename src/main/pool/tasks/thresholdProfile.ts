import { proxyPart, type ProxyPart } from '../../../shared/metrics/proxies'
import { sweepPart, thresholdBins, type SweepPart } from '../../../shared/metrics/sweep'
import { rankScores } from '../../../shared/raster/rankScores'
import { readLabelMap } from '../../artifacts/labelMaps'
import { readScoreMaps } from '../../artifacts/scoreMaps'
import { checkSameSize } from './sameSize'

export interface ThresholdProfileInput {
  /** Path of stored score maps. */
  readonly scores: string
  /** Path of the true label map; null where there is none. */
  readonly truth: string | null
  /** Foreground classes C. */
  readonly classes: number
}

/** What one photo adds to the proxies of every threshold, and to the sweep where it has truth. */
export interface ThresholdProfile {
  readonly proxies: ProxyPart
  readonly sweep: SweepPart | null
}

export async function thresholdProfile({
  scores: path,
  truth,
  classes,
}: ThresholdProfileInput): Promise<ThresholdProfile> {
  const [maps, labels] = await Promise.all([readScoreMaps(path), truth === null ? null : readLabelMap(truth)])
  const photo = { width: maps.photoWidth, height: maps.photoHeight }
  if (truth !== null && labels !== null) checkSameSize(path, photo, truth, labels)
  const ranked = rankScores(maps, photo)
  const bins = thresholdBins(ranked.scores)
  return {
    proxies: proxyPart(ranked, maps.keys, bins),
    sweep: labels === null ? null : sweepPart(ranked, maps.keys, labels.labels, classes, bins),
  }
}
