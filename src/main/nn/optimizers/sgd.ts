import type { Tensor } from '@tensorflow/tfjs'
import { add } from '../../engine/ops'
import { scaleBy, subtract } from '../ops'
import type { Parameter } from '../parameter'
import { replace, share, sumAndFree } from '../tensors'
import { type Groups, groupOf, moving, type Optimizer } from './optimizer'
import { Slots } from './slots'

export interface SgdOptions {
  readonly groups: Groups
  /** 0 for none: then nothing is remembered. */
  readonly momentum: number
}

/**
 * Stochastic gradient descent as torch.optim.SGD: d = g + weightDecay·p; m ← momentum·m + d (m = d at first);
 * p ← p − rate·m.
 */
export class Sgd implements Optimizer {
  readonly #options: SgdOptions
  readonly #slots = new Slots()
  #updates = 0

  constructor(options: SgdOptions) {
    this.#options = options
  }

  step(parameters: readonly Parameter[], factor: number): void {
    for (const parameter of moving(parameters)) {
      const { learningRate, weightDecay } = groupOf(this.#options.groups, parameter)
      const direction = this.#remember(parameter.name, decayed(parameter, weightDecay))
      const change = scaleBy(direction, learningRate * factor)
      direction.dispose()
      parameter.assign(subtract(parameter.value, change))
      change.dispose()
    }
    this.#updates++
  }

  state() {
    return { slots: this.#slots.all, updates: this.#updates }
  }

  restore(slots: ReadonlyMap<string, Tensor>, updates: number): void {
    this.#slots.replaceAll(slots)
    this.#updates = updates
  }

  dispose(): void {
    this.#slots.dispose()
  }

  /** Takes `direction` over; gives the momentum's new value, owned by the caller. */
  #remember(name: string, direction: Tensor): Tensor {
    const { momentum } = this.#options
    if (momentum === 0) return direction
    const before = this.#slots.get(`momentum.${name}`)
    const next = before === undefined ? direction : sumAndFree(scaleBy(before, momentum), direction)
    this.#slots.set(`momentum.${name}`, share(next))
    return next
  }
}

/** g + weightDecay·p, owned by the caller. */
function decayed({ gradient, value }: Parameter, weightDecay: number): Tensor {
  const given = share(gradient!)
  if (weightDecay === 0) return given
  const pull = scaleBy(value, weightDecay)
  const direction = add(given, pull)
  pull.dispose()
  return replace(given, direction)
}
