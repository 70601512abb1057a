import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../engine/current'

/** The arrays an optimizer remembers, by name. It owns them. */
export class Slots {
  readonly #tensors = new Map<string, Tensor>()

  get all(): ReadonlyMap<string, Tensor> {
    return this.#tensors
  }

  get(name: string): Tensor | undefined {
    return this.#tensors.get(name)
  }

  /** Takes `next` over and frees what had the name. */
  set(name: string, next: Tensor): void {
    this.#tensors.get(name)?.dispose()
    this.#tensors.set(name, currentEngine().tf.keep(next))
  }

  replaceAll(tensors: ReadonlyMap<string, Tensor>): void {
    this.dispose()
    for (const [name, tensor] of tensors) this.set(name, tensor)
  }

  dispose(): void {
    for (const tensor of this.#tensors.values()) tensor.dispose()
    this.#tensors.clear()
  }
}
