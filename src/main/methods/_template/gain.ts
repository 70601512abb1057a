/**
 * The maths, data in and data out, readable beside its paper: min(gain · s, 1).
 * @param scores any shape, in [0, 1]
 * @returns the same shape, in [0, 1]
 */
export function applyGain(scores: Float32Array, gain: number): Float32Array {
  return scores.map(score => Math.min(gain * score, 1))
}
