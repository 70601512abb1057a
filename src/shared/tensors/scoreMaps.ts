import { WorkbenchError } from '../errors'
import { halfToFloat } from '../raster/half'
import type { ScoreGrid } from '../raster/labelsFromScores'
import { parseSafetensors } from './safetensors'

/** The score maps of one photo as a seed method makes them: a map for each of its labelled classes, ascending. */
export interface ScoreMaps extends ScoreGrid {
  /** Pixels of the photo the maps belong to. */
  readonly photoWidth: number
  readonly photoHeight: number
  /** The same scores at the cells of the feature grid, where a method needs them: `[n, height, width]`. */
  readonly grid?: { readonly height: number; readonly width: number; readonly values: Float32Array }
  /** Scores of `maps` that were no number when they were stored, and are 0 since; left out: none. */
  readonly nan?: number
}

/**
 * Decodes a stored score map file: `keys` I32 `[n]`, `maps` F16 `[n, height, width]`, perhaps `grid` F32, and as
 * metadata the photo's size and the count of NaN. The workbench and the window read it with this one function.
 * @throws FILE_UNREADABLE or WEIGHTS_UNREADABLE naming `name` when the parts do not fit together
 */
export function decodeScoreMaps(bytes: Uint8Array, name: string): ScoreMaps {
  const { tensors, metadata } = parseSafetensors(bytes, name)
  const keys = tensors.get('keys')
  const maps = tensors.get('maps')
  const grid = tensors.get('grid')
  const photoWidth = Number(metadata.get('photoWidth'))
  const photoHeight = Number(metadata.get('photoHeight'))
  const nan = Number(metadata.get('nan') ?? 0)
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
    ...(nan > 0 ? { nan } : {}),
  }
}
