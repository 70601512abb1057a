import type { Superpixels } from '../../shared/raster/superpixels'
import { superpixelTensors } from '../../shared/tensors/superpixelMap'
import { encodeSafetensors } from '../weights/safetensors'

/** What `parseSuperpixels` reads: the bytes of a safetensors file. */
export function encodeSuperpixels(map: Superpixels): Uint8Array {
  const { tensors, metadata } = superpixelTensors(map)
  return encodeSafetensors(tensors, metadata)
}
