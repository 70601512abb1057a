import type { Tensor } from '@tensorflow/tfjs'
import { WorkbenchError } from '../../shared/errors'
import { currentEngine } from '../engine/current'
import { add } from '../engine/ops'
import type { WeightLayout } from './torchLayout'

export interface ParameterOptions {
  /** Torch's dotted name, e.g. `layer1.0.conv1.weight`. */
  readonly name: string
  /** TensorFlow's order; see torchLayout.ts. */
  readonly shape: readonly number[]
  readonly layout: WeightLayout
  /** Which of the optimizer's groups it belongs to, e.g. `backbone` or `head`. */
  readonly group: string
  /** False for running statistics, which no gradient reaches. */
  readonly learned: boolean
}

/** One named array of a network: its value, and while it is trained its gradient. It owns both. */
export class Parameter {
  readonly name: string
  readonly shape: readonly number[]
  readonly layout: WeightLayout
  readonly group: string
  readonly learned: boolean
  #trainable: boolean
  #value: Tensor
  #gradient: Tensor | null = null
  #version = 0

  /** @param values row-major in TensorFlow's order */
  constructor({ name, shape, layout, group, learned }: ParameterOptions, values: Float32Array) {
    this.name = name
    this.shape = shape
    this.layout = layout
    this.group = group
    this.learned = learned
    this.#trainable = learned
    this.#value = this.#upload(values)
  }

  get value(): Tensor {
    return this.#value
  }

  /** The sum of the gradients since `clearGradient`; null before the first. */
  get gradient(): Tensor | null {
    return this.#gradient
  }

  get trainable(): boolean {
    return this.#trainable
  }

  /** Freezes the parameter (false) or trains it; running statistics stay as they are. */
  set trainable(trainable: boolean) {
    this.#trainable = trainable && this.learned
  }

  /** Grows with every new value: what was computed from an older one is stale. */
  get version(): number {
    return this.#version
  }

  /** Takes `next` over as the new value and frees the old one. */
  assign(next: Tensor): void {
    this.#assertShape(next.shape, 'value')
    this.#value.dispose()
    this.#value = currentEngine().tf.keep(next)
    this.#version++
  }

  /** @param values row-major in TensorFlow's order */
  load(values: Float32Array): void {
    this.assign(this.#upload(values))
  }

  /** Takes `gradient` over and adds it to what has gathered. */
  accumulate(gradient: Tensor): void {
    this.#assertShape(gradient.shape, 'gradient')
    const { tf } = currentEngine()
    const before = this.#gradient
    this.#gradient = tf.keep(before === null ? gradient : add(before, gradient))
    if (before !== null) {
      before.dispose()
      gradient.dispose()
    }
  }

  clearGradient(): void {
    this.#gradient?.dispose()
    this.#gradient = null
  }

  dispose(): void {
    this.clearGradient()
    this.#value.dispose()
  }

  #upload(values: Float32Array): Tensor {
    const { tf } = currentEngine()
    if (values.length !== this.shape.reduce((product, n) => product * n, 1))
      throw new WorkbenchError(
        'SHAPE_MISMATCH',
        `${this.name} of shape [${this.shape.join(', ')}] was given ${values.length} values`,
      )
    return tf.keep(tf.tensor(values, [...this.shape], 'float32'))
  }

  #assertShape(shape: readonly number[], what: string): void {
    if (shape.length === this.shape.length && shape.every((n, axis) => n === this.shape[axis])) return
    throw new WorkbenchError(
      'SHAPE_MISMATCH',
      `${this.name} has shape [${this.shape.join(', ')}], its new ${what} [${shape.join(', ')}]`,
    )
  }
}
