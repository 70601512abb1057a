import type { StepWork, WorkFacts } from '../defineMethod'
import type { DenseCrfOptions } from './options'

/**
 * Of a photo of 500 × 375 with two labels on one thread: building the lattices, and an update. Two threads work at once
 * on the reference machine.
 */
const SECONDS = { lattices: 0.35, update: 0.04 }

export function denseCrfWork(
  { iterations, longestSide }: DenseCrfOptions,
  { pixelsWithin, truths }: WorkFacts,
): StepWork {
  const photos = pixelsWithin(longestSide) / (500 * 375)
  return { otherSeconds: (photos * (SECONDS.lattices + iterations * SECONDS.update)) / 2 + truths * 0.015 }
}
