import { readFile } from 'node:fs/promises'
import { WorkbenchError } from '../../shared/errors'
import { floatToHalf, halfToFloat } from '../../shared/raster/half'
import { withoutNan, type ScoreGrid } from '../../shared/raster/labelsFromScores'
import { encodeSafetensors, parseSafetensors } from '../weights/safetensors'
import type { NamedTensor } from '../weights/tensors'
import { writeBlob } from './blobStore'

/** The score maps of one photo as a seed method makes them: a map for each of its labelled classes, ascending. */
export interface ScoreMaps extends ScoreGrid {
  /** Pixels of the photo the maps belong to. */
  readonly photoWidth: number
  readonly photoHeight: number
  /** The same scores at the cells of the feature grid, where a method needs them: `[n, height, width]`. */
  readonly grid?: { readonly height: number; readonly width: number; readonly values: Float32Array }
}

/** float16 ends here; a larger score would come back as infinity. */
const LARGEST_SCORE = 65_504

/**
 * A safetensors file: `keys` I32 `[n]`, `maps` F16 `[n, height, width]`, perhaps `grid` F32, and the photo's size as
 * metadata. NaN becomes 0: it would win every argmax (specification 3.6).
 */
export function encodeScoreMaps({ keys, height, width, maps, photoWidth, photoHeight, grid }: ScoreMaps): Uint8Array {
  if (maps.some(score => Math.abs(score) > LARGEST_SCORE))
    throw new WorkbenchError('BAD_INPUT', `a score map holds values above ${LARGEST_SCORE}: scale the scores to 0 … 1.`)
  const count = keys.length
  const tensors = new Map<string, NamedTensor>([
    ['keys', { dtype: 'I32', shape: [count], data: keys }],
    ['maps', { dtype: 'F16', shape: [count, height, width], data: floatToHalf(withoutNan(maps).maps) }],
  ])
  if (grid)
    tensors.set('grid', { dtype: 'F32', shape: [count, grid.height, grid.width], data: withoutNan(grid.values).maps })
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

/** Stores the maps as a blob; `nan` counts the values that were replaced by 0. */
export async function writeScoreMaps(
  blobFolder: string,
  scores: ScoreMaps,
): Promise<{ readonly blob: string; readonly nan: number }> {
  const { nan } = withoutNan(scores.maps)
  return { blob: await writeBlob(blobFolder, encodeScoreMaps(scores), 'safetensors'), nan }
}

/** Reads the score maps stored at `path`. */
export async function readScoreMaps(path: string): Promise<ScoreMaps> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (cause) {
    throw new WorkbenchError('FILE_UNREADABLE', `Score maps ${path} cannot be read: run the step again.`, { cause })
  }
  return decodeScoreMaps(bytes, path)
}
