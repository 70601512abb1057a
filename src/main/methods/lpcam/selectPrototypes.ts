import type { LpcamOptions } from './options'

/** What the classifier says of each centre, and which are kept. */
export interface Selection {
  /** P[k, n]: softmax over the classes of centre · Wᵀ, at the class in question. */
  readonly probabilities: readonly number[]
  readonly selected: readonly boolean[]
  /** No centre passed, so the likeliest stands in. */
  readonly topOne: boolean
  /** Centres refused because they hold NaN. */
  readonly rejected: number
}

/**
 * Class prototypes: centres that the classifier gives to class `n` with P > μ_f (LPCAM equation 3; fallback to the
 * likeliest where none passes, as the COCO code has and the VOC code lacks).
 */
export function selectForeground(
  probabilities: readonly number[],
  { muForeground }: Pick<LpcamOptions, 'muForeground'>,
): Selection {
  const rejected = probabilities.filter(Number.isNaN).length
  const passing = probabilities.map(p => p > muForeground)
  if (passing.includes(true) || rejected === probabilities.length)
    return { probabilities, selected: passing, topOne: false, rejected }
  const largest = Math.max(...probabilities.filter(p => !Number.isNaN(p)))
  return { probabilities, selected: probabilities.map(p => p > largest - 1e-6), topOne: true, rejected }
}

/** Context prototypes: μ_low < P < μ_b, both strict (LPCAM equation 4; the lower bound is the code's). */
export function selectContext(
  probabilities: readonly number[],
  { muBackground, muBackgroundLow }: Pick<LpcamOptions, 'muBackground' | 'muBackgroundLow'>,
): Selection {
  return {
    probabilities,
    selected: probabilities.map(p => p > muBackgroundLow && p < muBackground),
    topOne: false,
    rejected: probabilities.filter(Number.isNaN).length,
  }
}

/**
 * Softmax over the classes of centre · Wᵀ, centres at their own magnitude, no bias.
 * @param centres `[k, d]` @param weight `[classes, d]`
 * @returns `[k][classes]`
 */
export function classProbabilities(centres: Float32Array, weight: Float32Array, channels: number): number[][] {
  const classes = weight.length / channels
  return Array.from({ length: centres.length / channels }, (_, k) => {
    const logits = Array.from({ length: classes }, (_, n) => {
      let sum = 0
      for (let d = 0; d < channels; d++) sum += centres[k * channels + d]! * weight[n * channels + d]!
      return sum
    })
    const largest = Math.max(...logits)
    const exponentials = logits.map(logit => Math.exp(logit - largest))
    const total = exponentials.reduce((sum, value) => sum + value, 0)
    return exponentials.map(value => value / total)
  })
}

/** The mean of the selected centres' directions, `[d]`; zeros where none is selected. */
export function meanDirection(centres: Float32Array, selected: readonly boolean[], channels: number): Float32Array {
  const mean = new Float64Array(channels)
  const count = selected.filter(Boolean).length
  selected.forEach((keep, k) => {
    if (!keep) return
    const centre = centres.subarray(k * channels, (k + 1) * channels)
    const norm = Math.sqrt(centre.reduce((sum, value) => sum + value * value, 0))
    if (norm > 0) for (let d = 0; d < channels; d++) mean[d]! += centre[d]! / norm / count
  })
  return Float32Array.from(mean)
}
