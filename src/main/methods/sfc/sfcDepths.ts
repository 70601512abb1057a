import type { Architecture } from '../../backbones/architecture'
import { stageTaps } from '../../backbones/taps'

/** Channels that the side convolutions give, by the channels they read: the code's on ResNet-50. */
const ofResnet = [128, 128, 256, 256]
/** On other backbones about the same share of the channels, in steps of 32, the deepest half of it. */
const ofNarrow = [32, 32, 64, 128]

/** The four depths that SFC reads: ends of the stages at strides 4, 8 and 16, then what the classifier reads. */
export interface SfcDepths {
  /** Names of the first three. */
  readonly taps: readonly string[]
  /** Channels of all four. */
  readonly channels: readonly number[]
  readonly sideWidths: readonly number[]
}

/** Layers 1 to 4 of a ResNet, as in the code; of EfficientNet-Lite strides 4, 8 and 16, and its last convolution. */
export function sfcDepths(architecture: Architecture): SfcDepths {
  const taps = stageTaps(architecture).slice(1, 4)
  return {
    taps: taps.map(({ name }) => name),
    channels: [...taps.map(({ channels }) => channels), architecture.channels],
    sideWidths: architecture.stemPool ? ofResnet : ofNarrow,
  }
}
