import { expect, test } from 'vitest'
import { windowsOver } from './windows'

test.each([
  [{ width: 100, height: 60 }, 100, 1],
  [{ width: 101, height: 60 }, 100, 2],
  [{ width: 320, height: 240 }, 128, 4 * 3],
  [{ width: 30, height: 20 }, 64, 1],
])('windows of %j by %i cover it and overlap by a third', (size, side, count) => {
  const windows = windowsOver(size, side)
  expect(windows).toHaveLength(count)
  const covered = new Uint8Array(size.width * size.height)
  for (const { x0, y0, x1, y1 } of windows) {
    expect([x1 - x0, y1 - y0]).toEqual([Math.min(side, size.width), Math.min(side, size.height)])
    for (let y = y0; y < y1; y++) covered.fill(1, y * size.width + x0, y * size.width + x1)
  }
  expect(covered.every(value => value === 1)).toBe(true)
  const starts = [...new Set(windows.map(({ x0 }) => x0))]
  starts.slice(1).forEach((start, i) => expect(starts[i]! + side - start).toBeGreaterThanOrEqual(Math.floor(side / 3)))
})
