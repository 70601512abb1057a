import type { CachedFeatures } from '../artifacts/featureCache'
import type { StoredTaps } from './tapFeatures'

/** Inputs whose features have the same shapes, one after the other in one batch. */
export function joinTaps(inputs: readonly StoredTaps[]): StoredTaps {
  return join(inputs, parts => {
    const [, ...rest] = parts[0]!.shape
    return [parts.reduce((sum, { shape }) => sum + shape[0], 0), ...rest]
  })
}

/** Inputs of any size, all their places in one row: `[1, 1, Σ copies · h · w, channels]`. */
export function joinPlaces(inputs: readonly StoredTaps[]): StoredTaps {
  return join(inputs, parts => {
    const channels = parts[0]!.shape[3]
    return [1, 1, parts.reduce((sum, { data }) => sum + data.length, 0) / channels, channels]
  })
}

function join(
  inputs: readonly StoredTaps[],
  shapeOf: (parts: readonly CachedFeatures[]) => CachedFeatures['shape'],
): StoredTaps {
  const joined = (parts: readonly CachedFeatures[]) => ({ shape: shapeOf(parts), data: oneAfterAnother(parts) })
  const [first] = inputs
  return {
    colours: first!.colours && joined(inputs.map(({ colours }) => colours!)),
    taps: first!.taps.map((_, depth) => joined(inputs.map(({ taps }) => taps[depth]!))),
  }
}

function oneAfterAnother(parts: readonly CachedFeatures[]): Uint16Array {
  if (parts.length === 1) return parts[0]!.data
  const data = new Uint16Array(parts.reduce((sum, part) => sum + part.data.length, 0))
  let at = 0
  for (const part of parts) {
    data.set(part.data, at)
    at += part.data.length
  }
  return data
}
