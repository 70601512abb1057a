import { WorkbenchError } from '../errors'
import { resizeNearest } from '../raster/resizeNearest'
import type { Size } from '../raster/size'
import type { Superpixels } from '../raster/superpixels'
import { parseSafetensors } from './safetensors'
import type { NamedTensor } from './tensors'

/** As a safetensors file: `ids` I32 `[height, width]`, and their count as metadata. */
export function superpixelTensors({ ids, width, height, count }: Superpixels): {
  readonly tensors: ReadonlyMap<string, NamedTensor>
  readonly metadata: Readonly<Record<string, string>>
} {
  return {
    tensors: new Map([['ids', { dtype: 'I32', shape: [height, width], data: ids }]]),
    metadata: { count: String(count) },
  }
}

/** @throws FILE_UNREADABLE or WEIGHTS_UNREADABLE naming `name` */
export function parseSuperpixels(bytes: Uint8Array, name: string): Superpixels {
  const { tensors, metadata } = parseSafetensors(bytes, name)
  const ids = tensors.get('ids')
  const count = Number(metadata.get('count'))
  if (ids?.dtype !== 'I32' || ids.shape.length !== 2 || !(count > 0))
    throw new WorkbenchError('FILE_UNREADABLE', `${name} does not hold superpixels.`)
  return { ids: ids.data as Int32Array, height: ids.shape[0]!, width: ids.shape[1]!, count }
}

/** The id of every pixel of a photo whose superpixels were made at a smaller size. @returns `[height * width]` */
export function superpixelsAtPhotoSize({ ids, width, height }: Superpixels, photo: Size): Int32Array {
  if (width === photo.width && height === photo.height) return ids
  return resizeNearest(ids, 1, { width, height }, photo, 'centre')
}
