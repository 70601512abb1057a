import { WorkbenchError } from '../../shared/errors'
import { scoresAtPhotoSize } from '../../shared/raster/labelsFromScores'
import { resizeBilinear } from '../../shared/raster/resizeBilinear'
import { describeSize, type Size } from '../../shared/raster/size'
import { encodeNpyDict, parseNpyDict, type NpyDict, type NpyValue } from '../weights/npy'
import { toFloat32, type NamedTensor } from '../../shared/tensors/tensors'
import type { ScoreMaps } from '../../shared/tensors/scoreMaps'

/** IRN keeps `cam` at a quarter of the photo's size, rounded up (jiwoon-ahn/irn, step/make_cam.py). */
const STRIDE = 4

/** The size of a photo's `cam`. */
export function stridedSize({ width, height }: Size): Size {
  return { width: Math.ceil(width / STRIDE), height: Math.ceil(height / STRIDE) }
}

/**
 * One photo's maps as the public scripts keep them, a .npy file with a dictionary: `keys` `[n]`, class indices from 0;
 * `cam` `[n, ⌈H/4⌉, ⌈W/4⌉]`; `high_res` `[n, H, W]`. Both are made from the stored maps; the scripts make `high_res`
 * from the network's own, finer maps before they are shrunk to `cam`.
 */
export function encodeCamDictionary(maps: ScoreMaps): Uint8Array {
  const photo = { width: maps.photoWidth, height: maps.photoHeight }
  const strided = stridedSize(photo)
  const count = maps.keys.length
  const same = maps.width === strided.width && maps.height === strided.height
  const cam = same ? maps.maps : resizeBilinear(maps.maps, count, maps, strided)
  const entries: readonly (readonly [string, NamedTensor])[] = [
    ['keys', { dtype: 'I64', shape: [count], data: BigInt64Array.from(maps.keys, BigInt) }],
    ['cam', { dtype: 'F32', shape: [count, strided.height, strided.width], data: cam }],
    ['high_res', { dtype: 'F32', shape: [count, photo.height, photo.width], data: scoresAtPhotoSize(maps, photo) }],
  ]
  return encodeNpyDict(new Map(entries), { keyStyle: 'str' })
}

/**
 * Reads such a file as score maps: `cam` as it is, or `high_res` at a quarter of its size when there is no `cam`.
 *
 * @param placeOf the project's class index for one of the file's, or undefined for a class that is left out
 * @throws BAD_INPUT when the parts do not fit each other or the photo
 */
export function decodeCamDictionary(
  bytes: Uint8Array,
  name: string,
  photo: Size,
  placeOf: (key: number) => number | undefined,
): ScoreMaps {
  const dictionary = parseNpyDict(bytes, name)
  const keys = readKeys(dictionary, name)
  const highRes = readMaps(dictionary, 'high_res', keys.length, name)
  if (highRes && (highRes.width !== photo.width || highRes.height !== photo.height))
    throw badCam(name, `its high_res maps are ${describeSize(highRes)}, the photo is ${describeSize(photo)}`)
  const maps = readMaps(dictionary, 'cam', keys.length, name) ?? (highRes && shrunk(highRes, keys.length, photo))
  if (!maps) throw badCam(name, 'it has neither cam nor high_res')
  const kept = keys
    .map((key, row) => ({ row, place: placeOf(key) }))
    .filter((entry): entry is { row: number; place: number } => entry.place !== undefined)
    .sort((a, b) => a.place - b.place)
  const area = maps.width * maps.height
  const values = new Float32Array(kept.length * area)
  for (const [at, { row }] of kept.entries()) values.set(maps.values.subarray(row * area, (row + 1) * area), at * area)
  return {
    keys: Int32Array.from(kept, ({ place }) => place),
    width: maps.width,
    height: maps.height,
    maps: values,
    photoWidth: photo.width,
    photoHeight: photo.height,
  }
}

interface Maps extends Size {
  /** `[n, height, width]` */
  readonly values: Float32Array
}

function shrunk(maps: Maps, count: number, photo: Size): Maps {
  const size = stridedSize(photo)
  return { ...size, values: resizeBilinear(maps.values, count, maps, size) }
}

function readKeys(dictionary: NpyDict, name: string): readonly number[] {
  const keys = dictionary.get('keys')
  if (!isTensor(keys) || keys.shape.length !== 1) throw badCam(name, 'it has no list of class indices called keys')
  const indices = Array.from(keys.data, Number)
  if (keys.dtype === 'F16' || keys.dtype === 'BF16' || !indices.every(key => Number.isSafeInteger(key) && key >= 0))
    throw badCam(name, 'its keys are no class indices')
  if (new Set(indices).size !== indices.length)
    throw badCam(name, `it names a class twice (keys ${indices.join(', ')})`)
  return indices
}

function readMaps(dictionary: NpyDict, part: 'cam' | 'high_res', count: number, name: string): Maps | undefined {
  const tensor = dictionary.get(part)
  if (tensor === undefined || tensor === null) return undefined
  if (!isTensor(tensor) || tensor.shape.length !== 3 || tensor.shape[0] !== count || tensor.shape.includes(0, 1))
    throw badCam(name, `its ${part} is no stack of ${count} maps`)
  const values = toFloat32(tensor)
  const outside = values.find(score => score < 0 || score > 1)
  if (outside !== undefined) throw badCam(name, `its ${part} holds the score ${outside}; scores are 0 … 1`)
  return { height: tensor.shape[1]!, width: tensor.shape[2]!, values }
}

function isTensor(value: NpyValue | undefined): value is NamedTensor {
  return typeof value === 'object' && value !== null
}

function badCam(name: string, reason: string): WorkbenchError {
  return new WorkbenchError('BAD_INPUT', `${name} cannot be used as CAMs: ${reason}.`)
}
