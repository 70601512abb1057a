import { WorkbenchError } from '../errors'
import { halfToFloat } from '../raster/half'
import type { Size } from '../raster/size'
import { parseSafetensors } from './safetensors'

/** Where one photo's classes end, as a method learned to see it, and perhaps the way to each object's centre. */
export interface EdgeMap extends Size {
  /** `[height, width]`, in [0, 1] */
  readonly edge: Float32Array
  /** `[height, width, 2]`: dy, dx in cells */
  readonly displacement: Float32Array | null
  /** Pixels of the photo. */
  readonly photoWidth: number
  readonly photoHeight: number
}

/**
 * Decodes a stored edge map: `edge` F16 `[height, width]`, perhaps `displacement` F16 `[height, width, 2]`, and the
 * photo's size as metadata. The workbench and the window read it with this one function.
 * @throws FILE_UNREADABLE or WEIGHTS_UNREADABLE naming `name`
 */
export function decodeEdgeMap(bytes: Uint8Array, name: string): EdgeMap {
  const { tensors, metadata } = parseSafetensors(bytes, name)
  const edge = tensors.get('edge')
  const displacement = tensors.get('displacement')
  const photoWidth = Number(metadata.get('photoWidth'))
  const photoHeight = Number(metadata.get('photoHeight'))
  if (edge?.dtype !== 'F16' || edge.shape.length !== 2 || !(photoWidth > 0 && photoHeight > 0))
    throw new WorkbenchError('FILE_UNREADABLE', `${name} does not hold an edge map.`)
  return {
    height: edge.shape[0]!,
    width: edge.shape[1]!,
    edge: halfToFloat(edge.data as Uint16Array),
    displacement: displacement?.dtype === 'F16' ? halfToFloat(displacement.data as Uint16Array) : null,
    photoWidth,
    photoHeight,
  }
}
