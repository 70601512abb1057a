import { expect, test } from 'vitest'
import { viridis } from './colourMap'
import { vocLabel, vocPalette } from './palette'

const colour = (palette: Uint8Array, index: number) => [...palette.subarray(index * 3, index * 3 + 3)]

// VOCdevkit VOClabelcolormap.m
test.each([
  [0, [0, 0, 0]],
  [1, [128, 0, 0]],
  [2, [0, 128, 0]],
  [15, [192, 128, 128]],
  [20, [0, 64, 128]],
  [21, [128, 64, 128]],
  [255, [224, 224, 192]],
])('VOC colour %i', (index, expected) => expect(colour(vocPalette(), index)).toEqual(expected))

test('no two labels share a colour', () => {
  const palette = vocPalette()
  expect(new Set(Array.from({ length: 256 }, (_, i) => colour(palette, i).join())).size).toBe(256)
})

test('every label is found again by its colour', () => {
  const palette = vocPalette()
  const labels = Array.from({ length: 256 }, (_, label) => label)
  expect(labels.map(label => vocLabel(palette[3 * label]!, palette[3 * label + 1]!, palette[3 * label + 2]!))).toEqual(
    labels,
  )
})

test('viridis runs from purple through teal to yellow', () => {
  const map = viridis()
  expect(map).toHaveLength(768)
  expect([colour(map, 0), colour(map, 127), colour(map, 255)]).toEqual([
    [68, 1, 84],
    [33, 144, 141],
    [253, 231, 37],
  ])
})
