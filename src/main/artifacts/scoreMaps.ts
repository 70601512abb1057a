import { readFile } from 'node:fs/promises'
import { WorkbenchError } from '../../shared/errors'
import { floatToHalf } from '../../shared/raster/half'
import { withoutNan } from '../../shared/raster/labelsFromScores'
import { decodeScoreMaps, type ScoreMaps } from '../../shared/tensors/scoreMaps'
import type { NamedTensor } from '../../shared/tensors/tensors'
import { encodeSafetensors } from '../weights/safetensors'
import { writeBlob } from './blobStore'

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
