import type { Architecture } from './architecture'
import { efficientnetLite } from './efficientnet-lite/architecture'
import { liteSources } from './efficientnet-lite/source'
import type { TrunkLayout } from './layout'
import { resnet } from './resnet/architecture'
import { resnetSources } from './resnet/source'

/** Where a backbone comes from: paper, licence, and the weights that fit it. */
export interface BackboneSource {
  readonly paper: string
  readonly licence: string
  /** What the weights were trained on, and by whom they are published. */
  readonly weights: string
  /** Path below the weights folder of the data folder, where the set-up puts it; absent: the user points to a file. */
  readonly installed?: string
  readonly sha256?: string
  readonly remedy: string
}

interface Backbone {
  readonly architecture: (layout?: TrunkLayout) => Architecture
  readonly source: BackboneSource
}

export const backboneNames = [
  'efficientnet-lite0',
  'efficientnet-lite1',
  'efficientnet-lite2',
  'resnet50',
  'resnet101',
] as const
export type BackboneName = (typeof backboneNames)[number]

const backbones: Readonly<Record<BackboneName, Backbone>> = {
  'efficientnet-lite0': { architecture: layout => efficientnetLite(0, layout), source: liteSources[0] },
  'efficientnet-lite1': { architecture: layout => efficientnetLite(1, layout), source: liteSources[1] },
  'efficientnet-lite2': { architecture: layout => efficientnetLite(2, layout), source: liteSources[2] },
  resnet50: { architecture: layout => resnet('resnet50', layout), source: resnetSources.resnet50 },
  resnet101: { architecture: layout => resnet('resnet101', layout), source: resnetSources.resnet101 },
}

/** @param layout for another stride or dilation than class activation maps are made at; the weights are the same */
export function architectureOf(name: BackboneName, layout?: TrunkLayout): Architecture {
  return backbones[name].architecture(layout)
}

export function sourceOf(name: BackboneName): BackboneSource {
  return backbones[name].source
}
