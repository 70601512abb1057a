import { expect, test } from 'vitest'
import { blankImage, paste } from './canvas'
import { overlayLabels, overlayScores } from './overlay'

test('background shows the photo, a label 60 % of its colour', () => {
  const photo = { data: Uint8Array.of(10, 20, 30, 100, 100, 100), width: 2, height: 1 }
  // VOC label 1 is (128, 0, 0): 100 + 0.6 · 28, 100 − 60.
  expect([...overlayLabels(photo, Uint8Array.of(0, 1)).data]).toEqual([10, 20, 30, 117, 40, 40])
})

test('scores keep the scale 0 … 1: a weak map stays dark', () => {
  const black = blankImage({ width: 3, height: 1 }, 0)
  const { data } = overlayScores(black, Float32Array.of(0, 0.01, 7))
  // viridis 0 is (68, 1, 84), 3 is (69, 5, 89), 255 is (253, 231, 37); 60 % of each.
  expect([...data]).toEqual([41, 1, 50, 41, 3, 53, 152, 139, 22])
})

test('scores of another size are refused', () => {
  expect(() => overlayScores(blankImage({ width: 3, height: 1 }, 0), new Float32Array(2))).toThrow('2 pixels')
})

test('an image is pasted where it belongs', () => {
  const canvas = blankImage({ width: 3, height: 2 }, 9)
  paste(canvas, blankImage({ width: 1, height: 1 }, 1), 2, 1)
  expect([...canvas.data].map(value => (value === 9 ? 0 : 1)).join('')).toBe('000000000000000111')
})
