import { VOID } from '../../../shared/raster/palette'

/** What each value of a source's masks becomes in the project's. */
export interface MaskLookup {
  /** `[256]`: 0 background, 1 … C, 255 void. */
  readonly values: Uint8Array
  /** `[256]`: what the source's value is called; unnamed values have none. */
  readonly names: readonly (string | undefined)[]
}

/**
 * Background stays background, void stays void, a class goes to its place in the project + 1. All else becomes void:
 * a class that was left out is neither background nor any other class, and nobody should be scored on it.
 *
 * @param maskNames names of the values from 1; without them value v is the v-th of `classes`
 */
export function maskLookup(classes: readonly string[], maskNames: readonly string[] | undefined): MaskLookup {
  const names = [undefined, ...(maskNames ?? classes)]
  const values = new Uint8Array(256).fill(VOID)
  values[0] = 0
  for (let value = 1; value < VOID; value++) {
    const name = names[value]
    const place = name === undefined ? -1 : classes.indexOf(name)
    if (place >= 0) values[value] = place + 1
  }
  return { values, names }
}

/** Pixels of each value, `[256]`. */
export function countValues(labels: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256)
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]!++
  return counts
}

/** The labels in the project's values. */
export function relabel(labels: Uint8Array, { values }: MaskLookup): Uint8Array {
  const relabelled = new Uint8Array(labels.length)
  for (let i = 0; i < labels.length; i++) relabelled[i] = values[labels[i]!]!
  return relabelled
}
