import { scoreArgmax, scoresAtPhotoSize, type ScoreGrid } from '../raster/labelsFromScores'
import type { Size } from '../raster/size'
import { SMALLEST_PROBABILITY, unaryFromLabels } from './unary'

/** How score maps become evidence. In both, the likeliest label before any smoothing is the mask cut at the threshold. */
export type ScoreEvidence =
  /** That mask is right with this probability: all pixels of a label are as sure (IRN). */
  | { readonly kind: 'labels'; readonly confidence: number }
  /** Probabilities ∝ score^sharpness, the background's score being the threshold: high scores hold on to their label. */
  | { readonly kind: 'scores'; readonly sharpness: number }

/**
 * Unary energies of stored scores.
 * @param threshold the background's score, > 0 where the evidence is scores
 * @returns `[n + 1, height, width]`: background, then the grid's classes in their order
 */
export function unaryFromScores(grid: ScoreGrid, size: Size, threshold: number, evidence: ScoreEvidence): Float32Array {
  return evidence.kind === 'labels'
    ? unaryFromLabels(placesAbove(grid, size, threshold), grid.keys.length + 1, evidence.confidence)
    : scoreEnergies(grid, size, threshold, evidence.sharpness)
}

/** 0 where no score is above `threshold`, else the place of the largest in the grid's keys, counted from 1. `[pixels]` */
export function placesAbove(grid: ScoreGrid, size: Size, threshold: number): Uint8Array {
  const { scores, places } = scoreArgmax(grid, size)
  return places.map((place, pixel) => (scores[pixel]! > threshold ? place + 1 : 0))
}

function scoreEnergies(grid: ScoreGrid, size: Size, threshold: number, sharpness: number): Float32Array {
  const pixels = size.width * size.height
  const unary = new Float32Array((grid.keys.length + 1) * pixels)
  unary.fill(energyOf(threshold, sharpness), 0, pixels)
  unary.set(
    scoresAtPhotoSize(grid, size).map(score => energyOf(score, sharpness)),
    pixels,
  )
  return unary
}

function energyOf(score: number, sharpness: number): number {
  return -sharpness * Math.log(Math.max(SMALLEST_PROBABILITY, score))
}
