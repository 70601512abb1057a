import { WorkbenchError } from '../../shared/errors'
import type { Architecture } from './architecture'

/** A place in a backbone whose features can be read: after the stem, after a block, or after the last 1×1 convolution. */
export interface Tap {
  /** `stem`, a block's name, or `top`. */
  readonly name: string
  readonly channels: number
  /** Pixels of the input a step of its features spans. */
  readonly stride: number
}

/** Every place that can be tapped, in the order data flows. */
export function tapsOf({ stem, stemPool, blocks, top }: Architecture): readonly Tap[] {
  let stride = stem.stride * (stemPool ? 2 : 1)
  const taps: Tap[] = [{ name: 'stem', channels: stem.outputs, stride }]
  for (const { name, convolutions } of blocks) {
    for (const convolution of convolutions) stride *= convolution.stride
    taps.push({ name, channels: convolutions.at(-1)!.outputs, stride })
  }
  if (top) taps.push({ name: 'top', channels: top.outputs, stride })
  return taps
}

/** @throws INTERNAL naming the backbone when it has no such place */
export function tapOf(architecture: Architecture, name: string): Tap {
  return tapsOf(architecture)[tapIndex(architecture, name)]!
}

/** The ends of the five stages, in the order data flows: what pyramids and decoders read. */
export function stageTaps(architecture: Architecture): readonly Tap[] {
  return architecture.stages.map(name => tapOf(architecture, name))
}

/** Place of a tap in `tapsOf`, which is that of its layer: 0 the stem, then the blocks. */
export function tapIndex(architecture: Architecture, name: string): number {
  const index = tapsOf(architecture).findIndex(tap => tap.name === name)
  if (index >= 0) return index
  throw new WorkbenchError('INTERNAL', `${architecture.name} has no tap "${name}"`)
}
