import type { Tensor } from '@tensorflow/tfjs'
import { WorkbenchError } from '../../../shared/errors'
import type { Parameter } from '../parameter'

/** How the parameters of one group learn. */
export interface GroupOptions {
  /** At factor 1 of the schedule. */
  readonly learningRate: number
  readonly weightDecay: number
}

export type Groups = Readonly<Record<string, GroupOptions>>

/** Moves parameters along their gradients. Its slots (momenta) are named like parameters, for checkpoints. */
export interface Optimizer {
  /**
   * One update of every trained parameter that has a gradient, which stays for the caller to clear.
   * @param factor the schedule's, on every group's learning rate
   */
  step(parameters: readonly Parameter[], factor: number): void
  /** The slots by `<slot>.<parameter>`, owned by the optimizer, and the number of updates made. */
  state(): { readonly slots: ReadonlyMap<string, Tensor>; readonly updates: number }
  /** Takes over slots that `state` gave once; earlier ones are freed. */
  restore(slots: ReadonlyMap<string, Tensor>, updates: number): void
  dispose(): void
}

/** @throws INTERNAL for a parameter whose group has no options */
export function groupOf(groups: Groups, { name, group }: Parameter): GroupOptions {
  const options = groups[group]
  if (options !== undefined) return options
  throw new WorkbenchError(
    'INTERNAL',
    `${name} belongs to group "${group}", the optimizer knows ${Object.keys(groups).join(', ')}`,
  )
}

/** The parameters that an update moves. */
export function moving(parameters: readonly Parameter[]): Parameter[] {
  return parameters.filter(({ trainable, gradient }) => trainable && gradient !== null)
}
