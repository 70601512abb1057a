import type { Tensor } from '@tensorflow/tfjs'
import { WorkbenchError } from '../../shared/errors'
import { currentEngine } from '../engine/current'

/** What forward passes keep until their backward passes, latest first. It owns the tensors among a state's values. */
export class KeptStack<State extends object> {
  readonly #stack: State[] = []

  constructor(readonly layer: string) {}

  /** Takes over the tensors of `state`; a surrounding `tf.tidy` no longer frees them. */
  push(state: State): void {
    const { tf } = currentEngine()
    for (const tensor of tensorsOf(state)) tf.keep(tensor)
    this.#stack.push(state)
  }

  /** Gives the latest state back, with its tensors. @throws INTERNAL when no forward pass waits */
  pop(): State {
    const state = this.#stack.pop()
    if (state === undefined)
      throw new WorkbenchError('INTERNAL', `${this.layer}: backward was called without a forward pass that keeps`)
    return state
  }

  discard(): void {
    for (const state of this.#stack.splice(0)) for (const tensor of tensorsOf(state)) tensor.dispose()
  }
}

function tensorsOf(state: object): Tensor[] {
  return (Object.values(state) as unknown[]).filter(isTensor)
}

function isTensor(value: unknown): value is Tensor {
  return typeof value === 'object' && value !== null && 'dataId' in value
}
