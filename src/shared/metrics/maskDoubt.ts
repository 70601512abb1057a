import { VOID } from '../raster/palette'
import type { RankedScores } from '../raster/rankScores'

/** Pixels of one label of a mask, and how many of them the maps would give to another one. */
export interface DoubtCell {
  /** Label of the mask: 0 background, 1 … C. */
  readonly label: number
  /** The likeliest other label. */
  readonly other: number
  /** Sum of the probabilities that `other` is right, pixels. */
  readonly expected: number
}

export interface MaskDoubt {
  readonly cells: readonly DoubtCell[]
  /** Mean entropy of background, winner and next, 0 … 1, where a class reaches half the threshold; null: nowhere. */
  readonly entropy: number | null
}

/** A background whose score were 0 would never be likely. */
const SMALLEST_THRESHOLD = 0.01

/**
 * Which of a mask's pixels the score maps expect to be wrong. A pixel of label a, whose best other candidate is b, is
 * wrong with s_b⁸ / (s_a⁸ + s_b⁸). Candidates are the background, whose score is the threshold, and the two best classes;
 * a label that is none of them scores 0.
 *
 * @param labels `[pixels]`: 0 background, 1 … C; void is in nobody's doubt
 * @param keys   class of each map, 0 … C−1
 */
export function maskDoubt(labels: Uint8Array, ranked: RankedScores, keys: Int32Array, threshold: number): MaskDoubt {
  const { scores, seconds, places, secondPlaces } = ranked
  const background = Math.max(threshold, SMALLEST_THRESHOLD)
  const expected = new Float64Array(256 * 256)
  let entropy = 0
  let found = 0
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!
    const [first, second] = [scores[i]!, seconds[i]!]
    if (first >= background / 2) {
      entropy += entropyOf(background, first, second)
      found++
    }
    if (label === VOID) continue
    const firstLabel = keys.length > 0 ? keys[places[i]!]! + 1 : VOID
    const secondLabel = keys.length > 1 ? keys[secondPlaces[i]!]! + 1 : VOID
    let own = label === 0 ? background : 0
    let [other, rival] = label === 0 ? [0, 0] : [0, background]
    if (label === firstLabel) own = first
    else if (first > rival) [other, rival] = [firstLabel, first]
    if (label === secondLabel) own = second
    else if (second > rival) [other, rival] = [secondLabel, second]
    if (other !== label) expected[label * 256 + other]! += doubt(own, rival)
  }
  return { cells: cellsOf(expected), entropy: found === 0 ? null : entropy / found }
}

/**
 * The eighth power: a label that stands at twice the next one is wrong with 1/257, at equal scores with 1/2. Steep, so
 * that the plain background, whose score is only the threshold, adds next to nothing; of 2, 4 and 8 it served best
 * (docs/measurements/review.md).
 */
function doubt(own: number, rival: number): number {
  const square = (own * own) / (rival * rival)
  const fourth = square * square
  return 1 / (fourth * fourth + 1)
}

/** Of three scores scaled to sum 1, in units of ln 3. */
function entropyOf(...scores: readonly [number, number, number]): number {
  const sum = scores[0] + scores[1] + scores[2]
  let entropy = 0
  for (const score of scores) if (score > 0) entropy -= (score / sum) * Math.log(score / sum)
  return entropy / Math.log(3)
}

function cellsOf(expected: Float64Array): DoubtCell[] {
  const cells: DoubtCell[] = []
  for (let pair = 0; pair < expected.length; pair++)
    if (expected[pair]! > 0) cells.push({ label: pair >> 8, other: pair & 255, expected: expected[pair]! })
  return cells
}
