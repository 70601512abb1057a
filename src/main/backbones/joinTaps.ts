import type { CachedFeatures } from '../artifacts/featureCache'
import type { StoredTaps } from './tapFeatures'

/** Inputs whose features have the same shapes, one after the other in one batch. */
export function joinTaps(inputs: readonly StoredTaps[]): StoredTaps {
  const [first] = inputs
  if (inputs.length === 1) return first!
  return {
    colours: first!.colours && joined(inputs.map(({ colours }) => colours!)),
    taps: first!.taps.map((_, depth) => joined(inputs.map(({ taps }) => taps[depth]!))),
  }
}

function joined(parts: readonly CachedFeatures[]): CachedFeatures {
  const [, height, width, channels] = parts[0]!.shape
  const data = new Uint16Array(parts.reduce((sum, part) => sum + part.data.length, 0))
  let at = 0
  for (const part of parts) {
    data.set(part.data, at)
    at += part.data.length
  }
  return { shape: [parts.reduce((sum, { shape }) => sum + shape[0], 0), height, width, channels], data }
}
