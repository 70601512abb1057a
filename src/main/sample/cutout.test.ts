import { expect, test } from 'vitest'
import { cutOut } from './cutout'
import type { Pose } from './cutout'
import type { Sprite } from './sprites'

/** A 4 × 4 sprite: the left half red, the right half clear. */
const pixels = Uint8Array.from({ length: 64 }, (_, at) => (((at >> 2) & 3) < 2 && (at & 3) % 3 === 0 ? 255 : 0))
const sprite: Sprite = { aspect: 1, levels: [{ width: 4, height: 4, pixels }] }
const pose: Pose = { x: 4, y: 8, height: 8, squeeze: 1, mirrored: false, tilt: 0 }
const alphaAt = (column: number, rowIndex: number, changed: Partial<Pose> = {}): number => {
  const cut = cutOut(sprite, { ...pose, ...changed }, 8, 8)
  return cut.pixels[(rowIndex * cut.width + column) * 4 + 3]!
}

test('a sprite twice as large as its pixels keeps its halves', () => {
  expect(alphaAt(2, 4)).toBeCloseTo(1, 6)
  expect(alphaAt(6, 4)).toBe(0)
})

test('mirrored, the halves change sides', () => {
  expect(alphaAt(2, 4, { mirrored: true })).toBe(0)
  expect(alphaAt(5, 4, { mirrored: true })).toBeCloseTo(1, 6)
})

test('what is under the waterline is hidden', () => {
  expect(alphaAt(2, 6, { waterline: () => 5 })).toBe(0)
  expect(alphaAt(2, 3, { waterline: () => 5 })).toBeCloseTo(1, 6)
})

test('a quarter turn about the foot lays the left half on top', () => {
  const cut = cutOut(sprite, { ...pose, x: 0, y: 4, tilt: Math.PI / 2 }, 8, 8)
  const alpha = (column: number, rowIndex: number): number =>
    cut.pixels[((rowIndex - cut.top) * cut.width + column - cut.left) * 4 + 3]!
  expect(alpha(4, 2)).toBeCloseTo(1, 6)
  expect(alpha(4, 6)).toBe(0)
})

test('a sprite outside the photo is empty', () => {
  expect(cutOut(sprite, { ...pose, x: -40 }, 8, 8).width).toBe(0)
})
