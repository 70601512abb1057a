import { expect, test } from 'vitest'
import { labelsFromScores, scoreArgmax, scoresAtPhotoSize, withoutNan, type ScoreGrid } from './labelsFromScores'

function grid(keys: number[], height: number, width: number, maps: number[]): ScoreGrid {
  return { keys: Int32Array.from(keys), maps: Float32Array.from(maps), height, width }
}
const square = { width: 2, height: 2 }

test('the largest score above the threshold names the label', () => {
  const maps = grid([3, 7], 2, 2, [0.9, 0.2, 0.4, 0.1, 0.1, 0.6, 0.3, 0.2])
  expect([...labelsFromScores(maps, square, 0.35)]).toEqual([4, 8, 4, 0])
})

test('a score equal to the threshold is background', () => {
  expect([...labelsFromScores(grid([0], 1, 2, [0.5, 0.50000006]), { width: 2, height: 1 }, 0.5)]).toEqual([0, 1])
})

test('of equal scores the first class wins', () => {
  expect([...labelsFromScores(grid([5, 2], 1, 1, [0.7, 0.7]), { width: 1, height: 1 }, 0.1)]).toEqual([6])
})

test('a photo without maps is all background', () => {
  expect([...labelsFromScores(grid([], 3, 3, []), square, 0)]).toEqual([0, 0, 0, 0])
  expect(scoresAtPhotoSize(grid([], 3, 3, []), square)).toHaveLength(0)
})

test('NaN counts as 0 and spoils no neighbour', () => {
  const maps = grid([0], 1, 2, [Number.NaN, 0.8])
  expect([...labelsFromScores(maps, { width: 4, height: 1 }, 0.3)]).toEqual([0, 0, 1, 1])
  expect(withoutNan(maps.maps).nan).toBe(1)
  expect(maps.maps[0]).toBeNaN()
})

test('maps that do not fit their size are refused', () => {
  expect(() => labelsFromScores(grid([0], 2, 2, [1, 2, 3]), square, 0)).toThrow(
    '1 score maps of 2×2 need 4 values, not 3',
  )
})

test('a class index that would run into void is refused', () => {
  expect(() => scoreArgmax(grid([254], 1, 1, [1]), square)).toThrow('class index 254')
})

test('row by row gives what the whole resized maps give', () => {
  const values = Array.from({ length: 3 * 11 * 13 }, (_, i) => ((i * 7919 + 13) % 1009) / 1009)
  const maps = grid([1, 4, 9], 11, 13, values)
  const photo = { width: 50, height: 37 }
  const whole = scoresAtPhotoSize(maps, photo)
  const { scores, places } = scoreArgmax(maps, photo)
  const pixels = photo.width * photo.height
  for (let i = 0; i < pixels; i++) {
    const here = [whole[i]!, whole[pixels + i]!, whole[2 * pixels + i]!]
    expect(scores[i]).toBe(Math.max(...here))
    expect(places[i]).toBe(here.indexOf(Math.max(...here)))
  }
})
