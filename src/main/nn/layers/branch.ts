import type { Tensor } from '@tensorflow/tfjs'
import { joinChannels, splitChannels } from '../channels'
import { keeps, type Layer, type Pass } from '../layer'
import { addAll } from '../ops'
import type { Parameter } from '../parameter'
import { disposeAll, share } from '../tensors'
import { BaseLayer } from './baseLayer'
import { Sequence } from './sequence'

/** How the results of several branches become one, and how a gradient of that one is shared out again. */
interface Merge {
  /** Does not consume. */
  readonly join: (values: readonly Tensor[]) => Tensor
  /** Takes `dy` over; one gradient a branch. @param widths channels each branch gave */
  readonly split: (dy: Tensor, widths: readonly number[]) => Tensor[]
}

const sumMerge: Merge = {
  join: addAll,
  split: (dy, widths) => widths.map((_, index) => (index === 0 ? dy : share(dy))),
}

const concatMerge: Merge = {
  join: joinChannels,
  split: (dy, widths) => {
    const parts = splitChannels(dy, widths)
    dy.dispose()
    return parts
  },
}

interface State {
  readonly widths: readonly number[]
  /** Which branches keep something and so must see a backward pass. */
  readonly keeping: readonly boolean[]
}

/** The same input through several branches, merged. */
class Branch extends BaseLayer<State> {
  readonly parameters: readonly Parameter[]

  constructor(
    name: string,
    readonly branches: readonly Layer[],
    readonly merge: Merge,
  ) {
    super(name)
    this.parameters = branches.flatMap(branch => branch.parameters)
  }

  forward(x: Tensor, pass: Pass): Tensor {
    const values = this.branches.map(branch => branch.forward(share(x), pass))
    x.dispose()
    if (keeps(this, pass))
      this.kept.push({
        widths: values.map(value => value.shape.at(-1)!),
        keeping: this.branches.map(branch => keeps(branch, pass)),
      })
    const y = this.merge.join(values)
    disposeAll(...values)
    return y
  }

  backward(dy: Tensor): Tensor | null {
    const { widths, keeping } = this.kept.pop()
    const gradients: Tensor[] = []
    this.merge.split(dy, widths).forEach((part, index) => {
      if (!keeping[index]) return part.dispose()
      const gradient = this.branches[index]!.backward(part)
      if (gradient !== null) gradients.push(gradient)
    })
    if (gradients.length < 2) return gradients[0] ?? null
    const dx = addAll(gradients)
    disposeAll(...gradients)
    return dx
  }

  override discard(): void {
    super.discard()
    for (const branch of this.branches) branch.discard()
  }

  override dispose(): void {
    for (const branch of this.branches) branch.dispose()
  }
}

/** Σ of the branches' results, all of one shape. */
export function sumOf(...branches: readonly Layer[]): Layer {
  return new Branch('sum', branches, sumMerge)
}

/** The branches' results side by side along the channels, in order. */
export function concatOf(...branches: readonly Layer[]): Layer {
  return new Branch('concat', branches, concatMerge)
}

/** body(x) + shortcut(x); without a shortcut, body(x) + x (He et al., arXiv:1512.03385). */
export function residual(body: Layer, shortcut: Layer = identity()): Layer {
  return sumOf(body, shortcut)
}

/** x as it is. */
export function identity(): Layer {
  return new Sequence([])
}
