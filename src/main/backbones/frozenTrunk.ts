import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../engine/current'
import { addBias, convolve, convolveDepthwise, maxPool, relu, relu6, add } from '../engine/ops'
import { type Activation, type Architecture, type ConvolutionSpec, convolutionsOf, paddingFor } from './architecture'

/** Weights by checkpoint name, in torch's order `[out, in, kh, kw]`. */
export type Weights = ReadonlyMap<string, Float32Array>

interface Folded {
  readonly filter: Tensor
  readonly bias: Tensor
}

/**
 * A backbone that only computes: every batch norm folded into its convolution, nothing kept for a backward pass.
 *
 * `features` stops before the last 1×1 convolution, `top` applies it: a feature cache keeps the narrow tensor and
 * recomputes the wide one (a quarter of the bytes for EfficientNet-Lite). For nets without one, `top` is a copy.
 */
export class FrozenTrunk {
  readonly #folded = new Map<string, Folded>()

  constructor(
    readonly architecture: Architecture,
    weights: Weights,
  ) {
    for (const spec of convolutionsOf(architecture)) this.#folded.set(spec.weight, fold(spec, architecture, weights))
  }

  /** Channels that `features` gives and a cache stores. */
  get cachedChannels(): number {
    return this.architecture.top?.inputs ?? this.architecture.channels
  }

  /**
   * @param images `[n, h, w, 3]` RGB in 0 … 255; not consumed
   * @returns `[n, ceil(h / stride), ceil(w / stride), cachedChannels]`
   */
  features(images: Tensor): Tensor {
    const { tf } = currentEngine()
    const { architecture } = this
    let x: Tensor = tf.tidy(() =>
      images.sub(tf.tensor1d([...architecture.mean])).div(tf.tensor1d([...architecture.deviation])),
    )
    x = this.#apply(architecture.stem, x, true)
    if (architecture.stemPool) x = replace(x, maxPool(x, 3, 2, { top: 1, bottom: 1, left: 1, right: 1 }))
    for (const block of architecture.blocks) {
      const input = x
      for (const [index, spec] of block.convolutions.entries()) x = this.#apply(spec, x, index > 0)
      if (block.residual) {
        const shortcut = block.shortcut ? this.#apply(block.shortcut, input, false) : input
        x = replace(x, add(x, shortcut))
        if (shortcut !== input) shortcut.dispose()
      }
      x = activate(block.activation, x)
      input.dispose()
    }
    return x
  }

  /** `[…, cachedChannels]` → `[…, channels]`, the features a classifier reads; the input is not consumed. */
  top(features: Tensor): Tensor {
    const { top } = this.architecture
    return top ? this.#apply(top, features, false) : features.clone()
  }

  dispose(): void {
    for (const { filter, bias } of this.#folded.values()) {
      filter.dispose()
      bias.dispose()
    }
    this.#folded.clear()
  }

  #apply(spec: ConvolutionSpec, x: Tensor, consume: boolean): Tensor {
    const { filter, bias } = this.#folded.get(spec.weight)!
    const [, height, width] = x.shape as [number, number, number, number]
    const geometry = {
      stride: spec.stride,
      dilation: spec.dilation,
      padding: paddingFor(this.architecture.paddingRule, spec, height, width),
    }
    const raw = (spec.kind === 'full' ? convolve : convolveDepthwise)(x, filter, geometry)
    if (consume) x.dispose()
    return activate(spec.activation, replace(raw, addBias(raw, bias)))
  }
}

/** Folds y = γ (W ∗ x − μ) / √(σ² + ε) + β into one convolution with a bias; torch's order becomes TensorFlow's. */
function fold(spec: ConvolutionSpec, { normEpsilon }: Architecture, weights: Weights): Folded {
  const { tf } = currentEngine()
  const part = (name: string) => weights.get(`${spec.norm}.${name}`)!
  const [gamma, beta, mean, variance] = [part('weight'), part('bias'), part('running_mean'), part('running_var')]
  const torch = weights.get(`${spec.weight}.weight`)!
  const scale = Float32Array.from(variance, (v, i) => gamma[i]! / Math.sqrt(v + normEpsilon))
  const perOutput = torch.length / spec.outputs
  const scaled = torch.map((w, i) => w * scale[Math.floor(i / perOutput)]!)
  const bias = tf.tensor1d(Float32Array.from(beta, (b, i) => b - mean[i]! * scale[i]!))
  const inputs = spec.kind === 'full' ? spec.inputs : 1
  // Full: [out, in, kh, kw] → [kh, kw, in, out]. Depthwise: [c, 1, kh, kw] → [kh, kw, c, 1].
  const order = spec.kind === 'full' ? [2, 3, 1, 0] : [2, 3, 0, 1]
  const filter = tf.tidy(() => tf.tensor4d(scaled, [spec.outputs, inputs, spec.kernel, spec.kernel]).transpose(order))
  return { filter: tf.keep(filter), bias: tf.keep(bias) }
}

function activate(activation: Activation, x: Tensor): Tensor {
  if (activation === 'none') return x
  return replace(x, activation === 'relu' ? relu(x) : relu6(x))
}

/** Disposes `before` and hands on `after`. */
function replace(before: Tensor, after: Tensor): Tensor {
  before.dispose()
  return after
}
