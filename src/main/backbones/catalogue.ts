import type { Architecture } from './architecture'
import { efficientnetLite } from './efficientnet-lite/architecture'
import { liteSources } from './efficientnet-lite/source'
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
  readonly architecture: () => Architecture
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
  'efficientnet-lite0': { architecture: () => efficientnetLite(0), source: liteSources[0] },
  'efficientnet-lite1': { architecture: () => efficientnetLite(1), source: liteSources[1] },
  'efficientnet-lite2': { architecture: () => efficientnetLite(2), source: liteSources[2] },
  resnet50: { architecture: () => resnet('resnet50'), source: resnetSources.resnet50 },
  resnet101: { architecture: () => resnet('resnet101'), source: resnetSources.resnet101 },
}

export function architectureOf(name: BackboneName): Architecture {
  return backbones[name].architecture()
}

export function sourceOf(name: BackboneName): BackboneSource {
  return backbones[name].source
}
