import type { ScoreMaps } from '../../src/shared/tensors/scoreMaps'

/** The scores of two classes of a photo of 6 × 4, on a grid of 2 × 1; all of them are exact in half floats. */
export const twoScoreMaps: ScoreMaps = {
  keys: Int32Array.of(0, 1),
  width: 2,
  height: 1,
  maps: Float32Array.of(0, 1, 0.5, 0.25),
  photoWidth: 6,
  photoHeight: 4,
}
