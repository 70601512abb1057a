import type { WorkFacts } from '../defineMethod'
import type { FieldOptions } from './fieldOptions'

/**
 * Of a photo of 500 × 375 with two labels on one thread: building the lattices, and an update. Two threads work at once
 * on the reference machine.
 */
const SECONDS = { lattices: 0.35, update: 0.04 }

/** How long the fields of all photos take, seconds. */
export function fieldSeconds({ iterations, longestSide }: FieldOptions, { pixelsWithin }: WorkFacts): number {
  const photos = pixelsWithin(longestSide) / (500 * 375)
  return (photos * (SECONDS.lattices + iterations * SECONDS.update)) / 2
}
