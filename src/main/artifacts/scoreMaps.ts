import { readFile } from 'node:fs/promises'
import { WorkbenchError } from '../../shared/errors'
import { floatToHalf, halfToFloat } from '../../shared/raster/half'
import { encodeSafetensors, parseSafetensors } from '../weights/safetensors'
import type { NamedTensor } from '../weights/tensors'

/** The score maps of one photo, as a seed method makes them: a map for each of its labelled classes. */
export interface ScoreMaps {
  /** Class indices, one a map, ascending; none for a photo without labels. */
  readonly keys: Int32Array
  readonly height: number
  readonly width: number
  /** `[n, height, width]`, each in [0, 1]. */
  readonly maps: Float32Array
  /** Pixels of the photo the maps belong to. */
  readonly photoWidth: number
  readonly photoHeight: number
  /** The same scores at the cells of the feature grid, where a method needs them: `[n, height, width]`. */
  readonly grid?: { readonly height: number; readonly width: number; readonly values: Float32Array }
}

/** Encodes maps as float16 safetensors. NaN becomes 0: it would win every argmax (specification 3.6). */
export function encodeScoreMaps({ keys, height, width, maps, photoWidth, photoHeight, grid }: ScoreMaps): Uint8Array {
  const count = keys.length
  const tensors = new Map<string, NamedTensor>([
    ['keys', { dtype: 'I32', shape: [count], data: keys }],
    ['maps', { dtype: 'F16', shape: [count, height, width], data: floatToHalf(withoutNaN(maps)) }],
  ])
  if (grid)
    tensors.set('grid', { dtype: 'F32', shape: [count, grid.height, grid.width], data: withoutNaN(grid.values) })
  return encodeSafetensors(tensors, { photoWidth: String(photoWidth), photoHeight: String(photoHeight) })
}

/** Decodes what `encodeScoreMaps` wrote. @throws FILE_UNREADABLE naming `name` when the parts do not fit together */
export function decodeScoreMaps(bytes: Uint8Array, name: string): ScoreMaps {
  const { tensors, metadata } = parseSafetensors(bytes, name)
  const keys = tensors.get('keys')
  const maps = tensors.get('maps')
  const grid = tensors.get('grid')
  const photoWidth = Number(metadata.get('photoWidth'))
  const photoHeight = Number(metadata.get('photoHeight'))
  if (keys?.dtype !== 'I32' || maps?.dtype !== 'F16' || maps.shape.length !== 3 || maps.shape[0] !== keys.shape[0])
    throw new WorkbenchError('FILE_UNREADABLE', `${name} does not hold score maps.`)
  if (!(photoWidth > 0 && photoHeight > 0))
    throw new WorkbenchError('FILE_UNREADABLE', `${name} does not say how large its photo is.`)
  return {
    keys: keys.data as Int32Array,
    height: maps.shape[1]!,
    width: maps.shape[2]!,
    maps: halfToFloat(maps.data as Uint16Array),
    photoWidth,
    photoHeight,
    ...(grid?.dtype === 'F32'
      ? { grid: { height: grid.shape[1]!, width: grid.shape[2]!, values: grid.data as Float32Array } }
      : {}),
  }
}

/** Reads the score maps stored at `path`. */
export async function readScoreMaps(path: string): Promise<ScoreMaps> {
  return decodeScoreMaps(await readFile(path), path)
}

function withoutNaN(values: Float32Array): Float32Array {
  return values.some(Number.isNaN) ? values.map(value => (Number.isNaN(value) ? 0 : value)) : values
}
