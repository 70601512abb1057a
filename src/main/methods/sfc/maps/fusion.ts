import type { SfcMapsOptions } from './options'

/** The maps that SFC's fusion makes. */
export type FusedMap = Exclude<SfcMapsOptions['map'], 'difference' | 'photo-difference'>

/** Planes of one photo, background first, then its labelled classes: `[1 + n, places]`, each divided by its maximum. */
export interface MapPlanes {
  readonly classifier: Float32Array
  readonly prototype: Float32Array
}

/**
 * Scores of the labelled classes by SFC's fusion (its make_cam.py). A place is class c where 2 M_c > M_0 + b, for both
 * maps together where Σ w (2 M_c − M_0) > b Σ w. That difference lies in −1 … 2, so that (it + 1) / 3 is a score in
 * 0 … 1, and one threshold on it is the constant b: choosing a threshold chooses the constant, 0.467 for SFC's 0.4.
 *
 * @param classes n, the labelled ones
 * @returns `[n, places]`
 */
export function fuseMaps(
  { classifier, prototype }: MapPlanes,
  classes: number,
  { map, beta }: { readonly map: FusedMap; readonly beta: number },
): Float32Array {
  const places = classifier.length / (classes + 1)
  const [w, q] = map === 'classifier' ? [1, 0] : map === 'prototype' ? [0, 1] : [1, beta]
  const scores = new Float32Array(classes * places)
  for (let c = 0; c < classes; c++)
    for (let p = 0; p < places; p++) {
      const i = (c + 1) * places + p
      const margin = w * (2 * classifier[i]! - classifier[p]!) + q * (2 * prototype[i]! - prototype[p]!)
      scores[c * places + p] = Math.min(1, Math.max(0, (margin / (w + q) + 1) / 3))
    }
  return scores
}
