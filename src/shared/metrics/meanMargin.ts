import type { RankedScores } from '../raster/rankScores'

/**
 * How clearly a photo's mask is decided at a threshold: the mean over its foreground pixels of the winning score less
 * the best of what else the pixel could be, which is another class or, with the threshold as its score, the background.
 * It is the margin of the proxies (`proxyCurve`) of one photo at one threshold.
 *
 * @returns ≥ 0; null where no pixel is foreground: nothing was decided for any class
 */
export function meanMargin({ scores, seconds }: RankedScores, threshold: number): number | null {
  let sum = 0
  let pixels = 0
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!
    if (score <= threshold) continue
    sum += score - Math.max(seconds[i]!, threshold)
    pixels++
  }
  return pixels === 0 ? null : sum / pixels
}
