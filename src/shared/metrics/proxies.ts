import { WorkbenchError } from '../errors'
import type { RankedScores } from '../raster/rankScores'
import { sweepThresholds, thresholdBins } from './sweep'

/**
 * What masks look like at every threshold where no truth tells how good they are: how much they cover, how clear their
 * decisions are, and whether they hold the classes that the photos are labelled with. None of them is a quality: a mask
 * can agree with its labels and lie beside the object.
 */
const BINS = sweepThresholds.length + 1

/** A class appears in a mask when it has at least this share of the photo: what a person would see. */
export const APPEARS_FROM = 0.001

/** What one photo adds. Only the classes it has maps of are listed. */
export interface ProxyPart {
  /** `[n]` class indices. */
  readonly keys: Int32Array
  readonly pixels: number
  /** `[n, 102]` pixels by winning map and the number of thresholds below their score. */
  readonly wins: Float64Array
  /** `[102]` sums of the winning scores, by the same number. */
  readonly bestSums: Float64Array
  /** `[102]` pixels and sums of the second scores, by the number of thresholds below these. */
  readonly secondPixels: Float64Array
  readonly secondSums: Float64Array
}

/** The sum over photos. */
export interface ProxySum {
  readonly classes: number
  photos: number
  pixels: number
  /** (photo, class) pairs that are labelled. */
  labelled: number
  /** `[101]` of those, and of all others, the pairs whose class appears. */
  readonly labelledSeen: Float64Array
  readonly unlabelledSeen: Float64Array
  /** `[C, 102]` */
  readonly wins: Float64Array
  readonly bestSums: Float64Array
  readonly secondPixels: Float64Array
  readonly secondSums: Float64Array
}

/** The proxies at one threshold; null where nothing defines them. */
export interface ProxyPoint {
  readonly threshold: number
  /** Share of all pixels that are foreground. */
  readonly coverage: number | null
  /**
   * Mean over the foreground pixels of the winning score less the best of what else it could be: another class's score,
   * or the background's, which is the threshold.
   */
  readonly margin: number | null
  /** Share of the labelled classes of photos that appear in their masks. */
  readonly labelled: number | null
  /** Share of the classes that photos are not labelled with, which appear all the same. */
  readonly unlabelled: number | null
  /** `[C]` share of all pixels that each class takes. */
  readonly area: readonly number[]
}

/** @param bins `thresholdBins` of the winning scores, where they are known */
export function proxyPart(
  { scores, seconds, places }: RankedScores,
  keys: Int32Array,
  bins = thresholdBins(scores),
): ProxyPart {
  const n = keys.length
  const part = {
    keys,
    pixels: scores.length,
    wins: new Float64Array(n * BINS),
    bestSums: new Float64Array(BINS),
    secondPixels: new Float64Array(BINS),
    secondSums: new Float64Array(BINS),
  }
  if (n === 0) return part
  // Pixels side by side mostly share a bin: they are summed before the bin's memory is touched.
  for (let i = 0; i < scores.length;) {
    const bin = bins[i]!
    const place = places[i]!
    const start = i
    let sum = 0
    while (i < scores.length && bins[i] === bin && places[i] === place) sum += scores[i++]!
    part.wins[place * BINS + bin]! += i - start
    part.bestSums[bin]! += sum
  }
  if (n > 1) addSeconds(seconds, part)
  return part
}

function addSeconds(seconds: Float32Array, { secondPixels, secondSums }: ProxyPart): void {
  const bins = thresholdBins(seconds)
  for (let i = 0; i < seconds.length;) {
    const bin = bins[i]!
    const start = i
    let sum = 0
    while (i < seconds.length && bins[i] === bin) sum += seconds[i++]!
    secondPixels[bin]! += i - start
    secondSums[bin]! += sum
  }
}

export function emptyProxies(classes: number): ProxySum {
  return {
    classes,
    photos: 0,
    pixels: 0,
    labelled: 0,
    labelledSeen: new Float64Array(sweepThresholds.length),
    unlabelledSeen: new Float64Array(sweepThresholds.length),
    wins: new Float64Array(classes * BINS),
    bestSums: new Float64Array(BINS),
    secondPixels: new Float64Array(BINS),
    secondSums: new Float64Array(BINS),
  }
}

/** Adds one photo. @param labels class indices that the photo is labelled with */
export function addToProxies(sum: ProxySum, part: ProxyPart, labels: readonly number[]): void {
  const stranger = [...part.keys, ...labels].find(key => key < 0 || key >= sum.classes)
  if (stranger !== undefined)
    throw new WorkbenchError('SHAPE_MISMATCH', `proxies of ${sum.classes} classes have no place for class ${stranger}`)
  sum.photos++
  sum.pixels += part.pixels
  sum.labelled += labels.length
  const needed = Math.max(1, part.pixels * APPEARS_FROM)
  part.keys.forEach((key, place) => {
    const seen = labels.includes(key) ? sum.labelledSeen : sum.unlabelledSeen
    let pixels = 0
    for (let bin = BINS - 1; bin >= 0; bin--) {
      const count = part.wins[place * BINS + bin]!
      sum.wins[key * BINS + bin]! += count
      pixels += count
      if (bin > 0 && pixels >= needed) seen[bin - 1]!++
    }
  })
  for (const name of ['bestSums', 'secondPixels', 'secondSums'] as const)
    part[name].forEach((value, bin) => (sum[name][bin]! += value))
}

/** The proxies at every threshold, in order. */
export function proxyCurve(sum: ProxySum): ProxyPoint[] {
  const areas = Array.from({ length: sum.classes }, (_, key) => above(sum.wins.subarray(key * BINS, (key + 1) * BINS)))
  const best = above(sum.bestSums)
  const secondPixels = above(sum.secondPixels)
  const seconds = above(sum.secondSums)
  const unlabelled = sum.photos * sum.classes - sum.labelled
  return sweepThresholds.map((threshold, index) => {
    const foreground = areas.reduce((total, area) => total + area[index]!, 0)
    // Where the second score is below the threshold, the background comes second, with the threshold as its score.
    const runnersUp = seconds[index]! + threshold * (foreground - secondPixels[index]!)
    return {
      threshold,
      coverage: ratio(foreground, sum.pixels),
      margin: ratio(best[index]! - runnersUp, foreground),
      labelled: ratio(sum.labelledSeen[index]!, sum.labelled),
      unlabelled: ratio(sum.unlabelledSeen[index]!, unlabelled),
      area: areas.map(area => (sum.pixels === 0 ? 0 : area[index]! / sum.pixels)),
    }
  })
}

/** What lies above each threshold, of values by the number of thresholds below them. `[102]` → `[101]` */
function above(bins: Float64Array): Float64Array {
  const sums = new Float64Array(bins.length - 1)
  let sum = 0
  for (let bin = bins.length - 1; bin > 0; bin--) sums[bin - 1] = sum += bins[bin]!
  return sums
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
