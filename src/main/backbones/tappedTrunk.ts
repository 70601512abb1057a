import type { Tensor } from '@tensorflow/tfjs'
import { WorkbenchError } from '../../shared/errors'
import { add } from '../engine/ops'
import { keeps, type Layer, type Pass, trains } from '../nn/layer'
import { KeptStack } from '../nn/keptStack'
import type { Parameter } from '../nn/parameter'
import { disposeAll, share } from '../nn/tensors'
import type { Architecture } from './architecture'
import { buildTrunk, type TrunkNorm, type Weights } from './network'
import { tapIndex } from './taps'

/** Features, or their gradients, by the name of their tap. */
export type Features = ReadonlyMap<string, Tensor>

export interface TapOptions {
  /** Where features are read; names of `tapsOf`. What lies behind the deepest is not built. */
  readonly taps: readonly string[]
  /** The stem and every block through this tap's stay as they are loaded, and keep nothing; null trains all. */
  readonly frozenThrough: string | null
  readonly norm: TrunkNorm
}

interface State {
  /** Of each layer, whether it kept something in this pass and so must see its backward pass. */
  readonly keeping: readonly boolean[]
}

/**
 * A backbone read at several depths: one forward pass gives the features at every tap, one backward pass takes a
 * gradient at any of them. Tensors are owned as layers own them (nn/layer.ts).
 */
export class TappedTrunk {
  readonly parameters: readonly Parameter[]
  readonly #layers: readonly Layer[]
  /** Names of the taps behind each layer. */
  readonly #names: readonly (string | undefined)[]
  readonly #frozen: number
  readonly #kept: KeptStack<State>

  constructor(architecture: Architecture, weights: Weights, { taps, frozenThrough, norm }: TapOptions) {
    const { body, top } = buildTrunk(architecture, weights, norm)
    const all = [...body.layers, top]
    const places = new Map(taps.map(name => [tapIndex(architecture, name), name]))
    const count = Math.max(...places.keys()) + 1
    this.#layers = all.slice(0, count)
    for (const unused of all.slice(count)) unused.dispose()
    this.#names = this.#layers.map((_, index) => places.get(index))
    this.#frozen = frozenThrough === null ? 0 : tapIndex(architecture, frozenThrough) + 1
    for (const layer of this.#layers.slice(0, this.#frozen))
      for (const parameter of layer.parameters) parameter.trainable = false
    this.parameters = this.#layers.flatMap(layer => layer.parameters)
    this.#kept = new KeptStack(architecture.name)
  }

  /**
   * @param images normalised, `[n, h, w, 3]`; taken over
   * @returns `[n, ceil(h / stride), ceil(w / stride), channels]` for every tap, owned by the caller
   */
  forward(images: Tensor, pass: Pass): Map<string, Tensor> {
    const features = new Map<string, Tensor>()
    const keeping: boolean[] = []
    let value = images
    let { inputGradient } = pass
    this.#layers.forEach((layer, index) => {
      const own = { ...pass, inputGradient, training: pass.training && index >= this.#frozen }
      keeping.push(keeps(layer, own))
      value = layer.forward(value, own)
      inputGradient ||= trains(layer)
      const name = this.#names[index]
      if (name !== undefined) features.set(name, index === this.#layers.length - 1 ? value : share(value))
    })
    if (pass.backward) this.#kept.push({ keeping })
    return features
  }

  /**
   * Answers the latest forward pass not yet answered; every pass that was to be answered (`pass.backward`) is, also
   * that of a frozen backbone, which drops the gradients.
   * @param gradients at the taps, taken over; the deepest tap's must be there, others may be missing
   * @returns the gradient of the images, or null where the pass did not ask for it
   */
  backward(gradients: Features): Tensor | null {
    const given = new Map(gradients)
    const { keeping } = this.#kept.pop()
    let gradient: Tensor | null = null
    for (let index = this.#layers.length - 1; index >= 0 && keeping[index]; index--) {
      gradient = joined(gradient, this.#take(given, index))
      gradient = this.#layers[index]!.backward(gradient!)
    }
    disposeAll(...given.values()) // those of frozen taps
    return gradient
  }

  discard(): void {
    this.#kept.discard()
    for (const layer of this.#layers) layer.discard()
  }

  dispose(): void {
    this.discard()
    for (const layer of this.#layers) layer.dispose()
  }

  #take(gradients: Map<string, Tensor>, index: number): Tensor | null {
    const name = this.#names[index]
    if (name === undefined) return null
    const gradient = gradients.get(name) ?? null
    gradients.delete(name)
    if (gradient === null && index === this.#layers.length - 1)
      throw new WorkbenchError('INTERNAL', `the deepest tap, ${name}, was given no gradient`)
    return gradient
  }
}

/** The sum of what is there; takes both over. */
function joined(a: Tensor | null, b: Tensor | null): Tensor | null {
  if (a === null || b === null) return a ?? b
  const sum = add(a, b)
  disposeAll(a, b)
  return sum
}
