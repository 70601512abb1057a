import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../../engine/current'
import { oneHot, positive, type Traced } from './traced'

/** Norms below this count as this, as in torch's cosine similarity: a class without seeds gets zeros, not NaN. */
const SMALLEST_NORM = 1e-8

/**
 * The map of every class by its prototype in the photo: places are given to the class whose map is largest, the
 * background's shrunk first; P_k is the mean of H over them, and Q_k = relu(cos(H, P_k)) (SFC's prototype CAM;
 * specification A2). The seeds are hard: no gradient goes to the maps.
 *
 * @param maps             `[b, p, k]`, background first
 * @param features         `[b, p, d]`
 * @param mask             `[b, p, k]`, which seeds may stay
 * @param backgroundFactor the background's map is multiplied by this before the largest is taken
 * @returns `[b, p, k]` in [0, 1], 0 where a class has no seed; its gradient is that of the features
 */
export function prototypeMaps(maps: Tensor, features: Tensor, mask: Tensor, backgroundFactor: number): Traced<Tensor> {
  const { tf } = currentEngine()
  const places = maps.shape[1]!
  const seeds = hardSeeds(maps, mask, backgroundFactor)
  const prototypes = cosineUnit(tf.matMul(seeds, features, true, false).div(places)) // [b, k, d]
  const directions = cosineUnit(features) // [b, p, d]
  const value = tf.relu(tf.matMul(directions.value, prototypes.value, false, true))
  const gradient = (dValue: Tensor) => {
    const dCosine = dValue.mul(positive(value)) // [b, p, k]
    const dPrototypes = prototypes.gradient(tf.matMul(dCosine, directions.value, true, false))
    return directions.gradient(tf.matMul(dCosine, prototypes.value)).add(tf.matMul(seeds, dPrototypes).div(places))
  }
  return { value, gradient }
}

/**
 * The places that each class wins, the background's map shrunk first; of equals the first wins.
 * @returns `[b, p, k]`, 0 or 1
 */
export function hardSeeds(maps: Tensor, mask: Tensor, backgroundFactor: number): Tensor {
  const { tf } = currentEngine()
  const channels = maps.shape[2]!
  const factors = tf.tensor1d([backgroundFactor, ...new Array<number>(channels - 1).fill(1)])
  return oneHot(maps.mul(factors).argMax(2), channels).mul(mask)
}

/** x / max(‖x‖, 1e-8) along the last axis. */
export function cosineUnit(x: Tensor): Traced<Tensor> {
  const norm = x.square().sum(-1, true).sqrt().maximum(SMALLEST_NORM)
  const value = x.div(norm)
  const gradient = (dValue: Tensor) => dValue.sub(value.mul(dValue.mul(value).sum(-1, true))).div(norm)
  return { value, gradient }
}
