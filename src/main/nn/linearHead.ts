import type { Tensor } from '@tensorflow/tfjs'
import { WorkbenchError } from '../../shared/errors'
import { currentEngine } from '../engine/current'
import { type Evaluation, lbfgs } from './lbfgs'
import { multiplyMatrices } from './ops'

/** Beyond these a fit gains nothing that a map would show; most stop at the gradient long before. */
const SOLVER = { history: 20, iterations: 400, gradientTolerance: 1e-7 }

export interface LinearHeadOptions {
  /** λ in the objective below. */
  readonly weightDecay: number
  /** How much each photo counts in the mean, `[photos]`, > 0; all alike when left out. */
  readonly photoWeights?: Float32Array
  /** Waited for with the objective at the start and after every iteration; what it throws ends the fit. */
  readonly onIteration?: (loss: number, iteration: number) => Promise<void>
}

export interface LinearHead {
  /** `[classes, channels]`, row-major */
  readonly weight: Float32Array
  /** The objective at the start and after every iteration. */
  readonly losses: readonly number[]
  readonly reason: 'gradient' | 'stalled' | 'iterations'
}

/**
 * Fits a multi-label classifier without bias to mean-pooled features: minimises the (weighted)
 * mean over photos and classes of BCE(σ(x·Wᵀ), y) + λ‖W‖², from W = 0, by L-BFGS. Convex, so the start does not matter.
 *
 * The two matrix products run on the engine in float32, sums and steps in float64 here.
 *
 * @param features `[photos, channels]`, row-major
 * @param targets  `[photos, classes]`, row-major, 0 or 1
 */
export async function fitLinearHead(
  features: Float32Array,
  targets: Uint8Array | Float32Array,
  { photos, channels, classes }: { readonly photos: number; readonly channels: number; readonly classes: number },
  { weightDecay, photoWeights, onIteration }: LinearHeadOptions,
): Promise<LinearHead> {
  assertSizes(features, targets, photos, channels, classes)
  const { tf } = currentEngine()
  const x = tf.tensor2d(features, [photos, channels])
  const shares = sharesOf(photos, photoWeights)
  try {
    const objective = (weight: Float64Array) => evaluate(x, { targets, shares }, weight, classes, weightDecay)
    const search = lbfgs(objective, new Float64Array(classes * channels), SOLVER)
    for (let iteration = 0; ; iteration++) {
      const { done, value } = search.next()
      if (done === true) return { weight: Float32Array.from(value.x), losses: value.values, reason: value.reason }
      await onIteration?.(value, iteration)
    }
  } finally {
    x.dispose()
  }
}

/** What is to be predicted, and the share of the mean that each photo has. */
interface Objective {
  readonly targets: Uint8Array | Float32Array
  /** `[photos]`, their sum is 1. */
  readonly shares: Float64Array
}

function sharesOf(photos: number, weights: Float32Array | undefined): Float64Array {
  if (weights === undefined) return new Float64Array(photos).fill(1 / photos)
  if (weights.length !== photos || !weights.every(weight => weight > 0))
    throw new WorkbenchError('BAD_INPUT', `fitLinearHead: ${weights.length} weights for ${photos} photos, each above 0`)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return Float64Array.from(weights, weight => weight / total)
}

function evaluate(
  x: Tensor,
  { targets, shares }: Objective,
  weight: Float64Array,
  classes: number,
  weightDecay: number,
): Evaluation {
  const [photos, channels] = x.shape as [number, number]
  const logits = product(x, new Float32Array(weight), [classes, channels], 'x·bᵀ')
  const { loss, residuals } = bce(logits, targets, shares)
  const products = product(x, residuals, [photos, classes], 'bᵀ·x')
  const gradient = new Float64Array(weight.length)
  let squares = 0
  for (let i = 0; i < gradient.length; i++) {
    const w = weight[i]!
    squares += w * w
    gradient[i] = products[i]! + 2 * weightDecay * w
  }
  return { value: loss + weightDecay * squares, gradient }
}

/** One of the two products with an uploaded matrix `b`, read back. (`tf.tidy` would walk through every number read.) */
function product(x: Tensor, b: Float32Array, shape: [number, number], which: 'x·bᵀ' | 'bᵀ·x'): Float32Array {
  const matrix = currentEngine().tf.tensor2d(b, shape)
  const result = which === 'x·bᵀ' ? multiplyMatrices(x, matrix, { b: true }) : multiplyMatrices(matrix, x, { a: true })
  const values = result.dataSync() as Float32Array
  matrix.dispose()
  result.dispose()
  return values
}

/** The weighted mean of BCE and its derivative by each logit, share · (σ(z) − y) / classes. */
function bce(
  logits: Float32Array,
  targets: Uint8Array | Float32Array,
  shares: Float64Array,
): { readonly loss: number; readonly residuals: Float32Array } {
  const classes = logits.length / shares.length
  const residuals = new Float32Array(logits.length)
  let total = 0
  for (let i = 0; i < logits.length; i++) {
    const share = shares[Math.floor(i / classes)]! / classes
    const z = logits[i]!
    const y = targets[i]!
    const decay = Math.exp(-Math.abs(z))
    total += share * (Math.max(z, 0) - z * y + Math.log1p(decay))
    residuals[i] = share * ((z >= 0 ? 1 : decay) / (1 + decay) - y)
  }
  return { loss: total, residuals }
}

function assertSizes(
  features: Float32Array,
  targets: Uint8Array | Float32Array,
  photos: number,
  channels: number,
  classes: number,
): void {
  if (photos > 0 && features.length === photos * channels && targets.length === photos * classes) return
  throw new WorkbenchError(
    'SHAPE_MISMATCH',
    `fitLinearHead: ${photos} photos of ${channels} channels and ${classes} classes do not fit ` +
      `${features.length} features and ${targets.length} targets`,
  )
}
