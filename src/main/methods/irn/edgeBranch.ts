import type { Tensor } from '@tensorflow/tfjs'
import { torchDefault, uniform } from '../../nn/initializers'
import type { Pass } from '../../nn/layer'
import { Convolution } from '../../nn/layers/convolution'
import type { Parameter } from '../../nn/parameter'
import { planeOf, type PlaneSize } from '../../nn/tensors'
import { Joined } from './joined'
import { EDGE_STRIDE, type SideTap } from './sideTaps'
import { pointwise, unit } from './unit'

/** The optimizer's group of the edge branch. */
export const EDGE_GROUP = 'edge'

/** Channels that each tap gives, and the groups they are normalised in. */
const WIDTH = 32
const GROUPS = 4

/**
 * Class boundaries from five depths of a backbone: the logit of an edge at every fourth pixel (arXiv:1904.05044,
 * section 4.1; jiwoon-ahn/irn net/resnet50_irn.py `fc_edge1` … `fc_edge6`).
 */
export class EdgeBranch {
  readonly parameters: readonly Parameter[]
  readonly #sides: Joined
  readonly #last: Convolution
  #plane: PlaneSize = { height: 0, width: 0 }

  constructor(taps: readonly SideTap[], seed: number) {
    const plane = () => this.#plane
    const rest = { outputs: WIDTH, groups: GROUPS, group: EDGE_GROUP, plane, seed }
    const units = taps.map(({ channels, stride }, i) =>
      unit({ name: `fc_edge${i + 1}`, inputs: channels, enlarge: stride / EDGE_STRIDE, ...rest }),
    )
    this.#sides = new Joined(
      units,
      taps.map(() => WIDTH),
    )
    const inputs = taps.length * WIDTH
    this.#last = new Convolution(
      { name: 'fc_edge6', inputs, outputs: 1, group: EDGE_GROUP, ...pointwise },
      torchDefault(seed),
      uniform(seed, () => 1 / Math.sqrt(inputs)),
    )
    this.parameters = [...this.#sides.parameters, ...this.#last.parameters]
  }

  /**
   * @param features at the taps, `[n, h, w, channels]`, not consumed; the second has the plane of the edges
   * @returns `[n, h, w, 1]`, logits
   */
  forward(features: readonly Tensor[], pass: Pass): Tensor {
    this.#plane = planeOf(features[1]!)
    return this.#last.forward(this.#sides.forward(features, pass), { ...pass, inputGradient: pass.backward })
  }

  /** @param dy gradient of the logits, consumed */
  backward(dy: Tensor): void {
    this.#sides.backward(this.#last.backward(dy)!)
  }

  discard(): void {
    this.#sides.discard()
    this.#last.discard()
  }

  dispose(): void {
    this.#sides.dispose()
    this.#last.dispose()
  }
}
