import type { CachedFeatures } from '../../../artifacts/featureCache'
import type { StoredTaps } from '../../../backbones/tapFeatures'

/**
 * The inputs of every scale as one: photo and mirror image that were kept apart become a pair.
 * @param stored in the order of `scales`, one or two a scale
 */
export function joinCopies(stored: readonly StoredTaps[], scales: readonly number[]): readonly StoredTaps[] {
  const each = [...stored]
  const apart = stored.length - scales.length // one scale at most is kept apart
  return scales.map(scale => {
    const first = each.shift()!
    return scale === 1 && apart > 0 ? joined(first, each.shift()!) : first
  })
}

function joined(straight: StoredTaps, mirrored: StoredTaps): StoredTaps {
  return {
    colours: straight.colours && pair(straight.colours, mirrored.colours!),
    taps: straight.taps.map((tap, i) => pair(tap, mirrored.taps[i]!)),
  }
}

function pair({ shape, data }: CachedFeatures, second: CachedFeatures): CachedFeatures {
  const [, height, width, channels] = shape
  const both = new Uint16Array(data.length + second.data.length)
  both.set(data)
  both.set(second.data, data.length)
  return { shape: [2, height, width, channels], data: both }
}
