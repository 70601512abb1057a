import { expect, test } from 'vitest'
import type { Cutout } from './cutout'
import { layLabel, voidLabel } from './truth'

/** A cut-out of one row whose pixels are covered by these shares. */
function row(...cover: number[]): Cutout {
  const pixels = Float32Array.from(cover.flatMap(alpha => [0, 0, 0, alpha]))
  return { left: 0, top: 0, width: cover.length, height: 1, pixels }
}

test('covered pixels take the label, mixed ones become void, and clear ones keep what they had', () => {
  const truth = Uint8Array.of(0, 0, 0, 0)
  layLabel(truth, 4, row(1, 0.75, 0.5, 0.2), 3)
  expect([...truth]).toEqual([3, 3, voidLabel, 0])
})

test('a nearer object covers a farther one, and scenery uncovers nothing but hides', () => {
  const truth = Uint8Array.of(1, 1, 1, 1)
  layLabel(truth, 4, row(0, 1, 0, 0), 2)
  layLabel(truth, 4, row(0, 0, 0, 1), 0)
  expect([...truth]).toEqual([1, 2, 1, 0])
})

test('a mixed pixel of two parts of one object is no void', () => {
  const truth = Uint8Array.of(1, 0)
  layLabel(truth, 2, row(0.5, 0.5), 1)
  expect([...truth]).toEqual([1, voidLabel])
})

test('a mixed pixel of scenery over background stays background', () => {
  const truth = Uint8Array.of(0, 2)
  layLabel(truth, 2, row(0.5, 0.5), 0)
  expect([...truth]).toEqual([0, voidLabel])
})
