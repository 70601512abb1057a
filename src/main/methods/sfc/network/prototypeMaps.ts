import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../../engine/current'
import { oneHot, positive, type Traced } from './traced'

/** Norms below this count as this, as in torch's cosine similarity: a class without seeds gets zeros, not NaN. */
const SMALLEST_NORM = 1e-8

/**
 * The map of every class by its prototype in the photo: places are given to the class whose map is largest, the
 * background's shrunk first; P_k is the mean of H over them, and Q_k = relu(cos(H, P_k)) (SFC code
 * network/resnet50_SFC.py `prototype`). The seeds are hard: no gradient goes to the maps.
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
  const inverse = inverseNorm(features) // [b, p, 1]
  const value = tf.relu(tf.matMul(features, prototypes.value, false, true).mul(inverse))
  const gradient = (dValue: Tensor) => {
    const dCosine = dValue.mul(positive(value)) // [b, p, k]
    const dProduct = dCosine.mul(inverse) // of H · P̂
    const dPrototypes = prototypes.gradient(tf.matMul(dProduct, features, true, false)).div(places)
    const across = tf.concat([prototypes.value, dPrototypes], 1) // [b, 2 k, d]
    const along = dCosine.mul(value).sum(2, true).mul(inverse.square()) // what only lengthens H changes no cosine
    return tf.matMul(tf.concat([dProduct, seeds], 2), across).sub(features.mul(along))
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
  const inverse = inverseNorm(x)
  const value = x.mul(inverse)
  const gradient = (dValue: Tensor) => dValue.sub(value.mul(dValue.mul(value).sum(-1, true))).mul(inverse)
  return { value, gradient }
}

/** 1 / max(‖x‖, 1e-8) along the last axis, which stays with length 1. */
function inverseNorm(x: Tensor): Tensor {
  return x.square().sum(-1, true).sqrt().maximum(SMALLEST_NORM).reciprocal()
}
