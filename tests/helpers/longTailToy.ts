import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { keyedGenerator } from '../../src/main/nn/random'

/** Side of an image in cells, channels of its features, and classes by how likely each is. */
export const toySide = 12
export const toyChannels = 20
export const toyShares = [600, 220, 160, 120, 80, 50] as const
/** The axis that all classes share; those before it are the classes' own, four behind it backgrounds. */
export const sharedAxis = toyShares.length

/** Features of one image and what is where: 0 background, c + 1. */
export interface ToyImage {
  /** `[12 · 12, 20]`, ≥ 0 */
  readonly features: Float32Array
  readonly labels: readonly number[]
  readonly truth: Uint8Array
}

/**
 * Images with a long tail of classes and ideal features: a third of an object's rows are its core, mostly the class's own
 * direction, the rest is periphery, mostly the direction that all classes share. A third of them carry a second class.
 *
 * @param balanced the first class evenly drawn, as for a test set
 */
export function longTailToy(count: number, seed: number, balanced = false): ToyImage[] {
  return Array.from({ length: count }, (_, i) => toyImage(keyedGenerator('toy', seed, i), balanced))
}

type Generator = ReturnType<typeof keyedGenerator>

function toyImage(generator: Generator, balanced: boolean): ToyImage {
  const uniform = (low: number, high: number) => low + (high - low) * uniformFloat64(generator)
  const whole = (low: number, high: number) => Math.floor(uniform(low, high + 1))
  const features = new Float32Array(toySide * toySide * toyChannels)
  const truth = new Uint8Array(toySide * toySide)
  const ground = sharedAxis + 1 + whole(0, 3)
  for (let p = 0; p < truth.length; p++) features[p * toyChannels + ground] = uniform(0.8, 1.2)
  const first = balanced ? whole(0, toyShares.length - 1) : drawClass(generator)
  const second = uniform(0, 1) < 0.35 ? drawClass(generator) : first
  const classes = [...new Set([first, second])]
  classes.forEach((label, half) => {
    const [width, height] = [whole(4, 5), whole(6, 9)]
    const left = half * (toySide / 2) + whole(0, toySide / 2 - width)
    const top = whole(0, toySide - height)
    const core = top + whole(0, height - Math.round(height / 3))
    for (let y = top; y < top + height; y++)
      for (let x = left; x < left + width; x++) {
        const p = y * toySide + x
        const isCore = y >= core && y < core + Math.round(height / 3)
        features.fill(0, p * toyChannels, (p + 1) * toyChannels)
        features[p * toyChannels + label] = isCore ? 1 : 0.35
        features[p * toyChannels + sharedAxis] = isCore ? 0.5 : 1
        truth[p] = label + 1
      }
  })
  for (let i = 0; i < features.length; i++) features[i] = 4 * Math.max(0, features[i]! + 0.12 * normal(generator))
  return { features, labels: classes.sort((a, b) => a - b), truth }
}

function drawClass(generator: Generator): number {
  let place = uniformFloat64(generator) * toyShares.reduce((sum, share) => sum + share, 0)
  for (const [label, share] of toyShares.entries()) {
    place -= share
    if (place < 0) return label
  }
  return toyShares.length - 1
}

function normal(generator: Generator): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(generator)))
  return radius * Math.cos(2 * Math.PI * uniformFloat64(generator))
}
