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
 * A safetensors file: `keys` I32 `[n]`, `maps` F16 `[n, height, width]`, perhaps `grid` F32, and as metadata the photo's
 * size and the count of NaN. NaN becomes 0: it would win every argmax of NumPy and PyTorch. `nan` counts those of
 * `scores.maps` that became 0 just now.
 */
export function encodeScoreMaps(scores: ScoreMaps): { readonly bytes: Uint8Array; readonly nan: number } {
  const { keys, height, width, maps, photoWidth, photoHeight, grid } = scores
  if (maps.some(score => Math.abs(score) > LARGEST_SCORE))
    throw new WorkbenchError('BAD_INPUT', `a score map holds values above ${LARGEST_SCORE}: scale the scores to 0 … 1.`)
  const count = keys.length
  const { maps: clean, nan } = withoutNan(maps)
  const allNan = nan + (scores.nan ?? 0)
  const tensors = new Map<string, NamedTensor>([
    ['keys', { dtype: 'I32', shape: [count], data: keys }],
    ['maps', { dtype: 'F16', shape: [count, height, width], data: floatToHalf(clean) }],
  ])
  if (grid)
    tensors.set('grid', { dtype: 'F32', shape: [count, grid.height, grid.width], data: withoutNan(grid.values).maps })
  const metadata = { photoWidth: String(photoWidth), photoHeight: String(photoHeight) }
  return { bytes: encodeSafetensors(tensors, allNan > 0 ? { ...metadata, nan: String(allNan) } : metadata), nan }
}

/**
 * Stores the maps as a blob: the one way in which a step writes scores. `nan` counts the values that were replaced by 0,
 * for `NanTally`.
 */
export async function writeScoreMaps(
  blobFolder: string,
  scores: ScoreMaps,
): Promise<{ readonly blob: string; readonly nan: number }> {
  const { bytes, nan } = encodeScoreMaps(scores)
  return { blob: await writeBlob(blobFolder, bytes, 'safetensors', 'derived'), nan }
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
