import { imageSorts, type ImageSort } from '../../../../shared/contract/imageFilter'
import { layerFromText, layerText, type LayerName } from '../shared/layerName'

/** A step with score maps. */
export type MapsName = Extract<LayerName, { kind: 'step' }>

/** In which order the photos are walked: one of the project's own, or the least certain first by these maps. */
export type SeedsOrder = ImageSort | MapsName

const prefix = 'certainty:'

/** The order that an address names as `sort`: `name`, or `certainty:12:lpcam`. By name where it says none. */
export function orderFromText(text: unknown): SeedsOrder {
  if (typeof text !== 'string') return 'name'
  const maps = text.startsWith(prefix) ? layerFromText(text.slice(prefix.length)) : undefined
  return maps?.kind === 'step' ? maps : (imageSorts.find(sort => sort === text) ?? 'name')
}

export function orderText(order: SeedsOrder): string {
  return typeof order === 'string' ? order : `${prefix}${layerText(order)}`
}
