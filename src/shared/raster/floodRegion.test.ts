import { expect, test } from 'vitest'
import { floodRegion } from './floodRegion'
import { regionPixels } from './region'

const size = { width: 5, height: 4 }
const spiral = Uint8Array.of(1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 1, 1, 0, 0, 0, 1)
const isOne = (pixel: number) => spiral[pixel] === 1

test('a flood goes round corners and stops at other labels', () => {
  // row 0 whole, down the right side, row 2's left arm is not reached: it touches nothing
  expect([...floodRegion(size, 0, isOne, false).runs]).toEqual([0, 0, 5, 1, 4, 5, 2, 4, 5, 3, 4, 5])
})

test('corners connect only where they are told to', () => {
  const corners = Uint8Array.of(1, 0, 0, 1)
  const square = { width: 2, height: 2 }
  const passes = (pixel: number) => corners[pixel] === 1
  expect(regionPixels(floodRegion(square, 0, passes, false))).toBe(1)
  expect(regionPixels(floodRegion(square, 0, passes, true))).toBe(2)
})

test('a start that does not pass gives nothing', () => {
  expect(floodRegion(size, 5, isOne, true).runs).toHaveLength(0)
})

test.each([false, true])('on noise it is what spreading pixel by pixel gives (diagonal %s)', diagonal => {
  const [width, height] = [31, 23]
  const noise = Uint8Array.from({ length: width * height }, (_, i) => ((i * 7919 + ((i * i) % 61)) % 10 < 6 ? 1 : 0))
  const start = noise.indexOf(1, 300)
  const reached = new Set([start])
  for (const pixel of reached)
    for (let dy = -1; dy <= 1; dy++)
      for (let dx = -1; dx <= 1; dx++) {
        const [x, y] = [(pixel % width) + dx, Math.floor(pixel / width) + dy]
        const isNeighbour = (diagonal || dx === 0 || dy === 0) && x >= 0 && y >= 0 && x < width && y < height
        if (isNeighbour && noise[y * width + x] === 1) reached.add(y * width + x)
      }
  const found = new Set<number>()
  const { runs } = floodRegion({ width, height }, start, pixel => noise[pixel] === 1, diagonal)
  for (let i = 0; i < runs.length; i += 3)
    for (let x = runs[i + 1]!; x < runs[i + 2]!; x++) found.add(runs[i]! * width + x)
  expect(found).toEqual(reached)
})
