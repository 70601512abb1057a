import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** A stream of draws that depends on nothing but the numbers it was made from. */
export interface Random {
  /** In [0, 1). */
  readonly next: () => number
  /** In [low, high). */
  readonly between: (low: number, high: number) => number
  /** Whole, both ends possible. */
  readonly integer: (low: number, high: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <Item>(items: readonly Item[]) => Item
}

/** The stream of `key`, e.g. `[seed, photo]`: one photo's picture never depends on how many were drawn before it. */
export function randomFor(...key: readonly number[]): Random {
  const generator = xoroshiro128plus(hashOf(key))
  const next = (): number => uniformFloat64(generator)
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    integer,
    between: (low, high) => low + (high - low) * next(),
    chance: probability => next() < probability,
    pick: items => items[integer(0, items.length - 1)]!,
  }
}

/** Whole numbers to one signed 32-bit number, well mixed (the finaliser of MurmurHash3). */
export function hashOf(key: readonly number[]): number {
  let hash = 0x9e3779b9 | 0
  for (const part of key) {
    hash = Math.imul(hash ^ part, 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  return hash | 0
}
