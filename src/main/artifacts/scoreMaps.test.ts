import { expect, test } from 'vitest'
import { decodeScoreMaps, type ScoreMaps } from '../../shared/tensors/scoreMaps'
import { encodeScoreMaps } from './scoreMaps'

const maps: ScoreMaps = {
  keys: Int32Array.of(1, 4),
  height: 1,
  width: 2,
  maps: Float32Array.of(0, 0.5, 1, 0.25),
  photoWidth: 8,
  photoHeight: 4,
}

test('gives back what was encoded', () => {
  expect(decodeScoreMaps(encodeScoreMaps(maps).bytes, 'x')).toEqual(maps)
})

test('keeps the scores at the feature grid in full precision', () => {
  const grid = { height: 1, width: 1, values: Float32Array.of(0.1, 0.7) }
  expect(decodeScoreMaps(encodeScoreMaps({ ...maps, grid }).bytes, 'x').grid).toEqual(grid)
})

test('a photo without labels has no maps', () => {
  const empty = { ...maps, keys: new Int32Array(0), maps: new Float32Array(0) }
  expect(decodeScoreMaps(encodeScoreMaps(empty).bytes, 'x').keys).toHaveLength(0)
})

test('NaN becomes 0', () => {
  const broken = { ...maps, maps: Float32Array.of(NaN, 0.5, 1, 0) }
  expect(decodeScoreMaps(encodeScoreMaps(broken).bytes, 'x').maps[0]).toBe(0)
})

test('refuses other safetensors, naming the file', () => {
  const bytes = encodeScoreMaps(maps).bytes
  expect(() => decodeScoreMaps(bytes.subarray(0, 40), 'cat.safetensors')).toThrow(/cat\.safetensors/)
})
