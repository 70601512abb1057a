import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'

/**
 * A generator that depends on nothing but its keys: whoever asks with the same keys, in whatever order, draws the same
 * numbers. That is what lets a run resume without any random state in its checkpoint.
 */
export function keyedGenerator(...keys: readonly (number | string)[]): RandomGenerator {
  // The lowest bit of one word is set: the all-zero state of xoroshiro never leaves zero.
  return xoroshiro128plusFromState([
    keyHash(1, ...keys),
    keyHash(2, ...keys),
    keyHash(3, ...keys),
    keyHash(4, ...keys) | 1,
  ])
}

/** 32 bits of the keys, signed; numbers and strings never collide by their type. */
export function keyHash(...keys: readonly (number | string)[]): number {
  let hash = 0x9e3779b9
  for (const key of keys) {
    const bytes = Buffer.from(typeof key === 'number' ? `n${key}` : `s${key}`, 'utf8')
    for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193) // FNV-1a
    hash = scramble(hash ^ bytes.length)
  }
  return hash | 0
}

/** The finalizer of MurmurHash3: every input bit reaches every output bit. */
function scramble(bits: number): number {
  let hash = bits
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
