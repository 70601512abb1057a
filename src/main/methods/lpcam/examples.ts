import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../engine/current'
import { readTidy } from '../../engine/transfer'
import type { FeatureSet } from './collectFeatures'
import type { PrototypeExample } from '../../artifacts/prototypes'

/** Patches kept for each prototype: what a person needs to see to know what it stands for. */
const EXAMPLES = 8

/** The patches of largest cosine to each centre, at most one a photo, the nearest first. */
export function nearestExamples({ rows, cells }: FeatureSet, centres: Float32Array): PrototypeExample[][] {
  const { tf } = currentEngine()
  const count = centres.length / rows.channels
  const best = Array.from({ length: count }, () => new Map<number, PrototypeExample>())
  const directions = tf.tidy(() => {
    const matrix = tf.tensor2d(centres, [count, rows.channels])
    return matrix.div(matrix.norm('euclidean', 1, true).maximum(1e-12)) as Tensor
  })
  let index = 0
  for (const chunk of rows.chunks) {
    const values = readTidy(() => {
      const norms = chunk.square().sum(1, true).sqrt().maximum(1e-12)
      return tf.matMul(chunk, directions, false, true).div(norms)
    })
    for (let row = 0; row < chunk.shape[0]!; row++, index++)
      for (let k = 0; k < count; k++) {
        const cosine = values[row * count + k]!
        const cell = cells[index]!
        const held = best[k]!.get(cell.imageId)
        if (held === undefined || cosine > held.cosine) best[k]!.set(cell.imageId, { ...cell, cosine })
      }
  }
  directions.dispose()
  return best.map(photos => [...photos.values()].sort((a, b) => b.cosine - a.cosine).slice(0, EXAMPLES))
}
