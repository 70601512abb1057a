import { expect, test } from 'vitest'
import { expectedGains } from './expectedGain'

test('a correction takes a false positive from one label and gives a true positive to the other', () => {
  const doubted = {
    pixels: [[0, 90], [1, 10]], // prettier-ignore
    cells: [{ label: 1, other: 0, expected: 2 }],
  } as const
  const sure = { pixels: [[0, 50], [1, 50], [255, 7]], cells: [] } as const // prettier-ignore
  const [gain, none] = expectedGains([doubted, sure], 1)
  // Label 1: I = 58, U = 60, 2 · 58 / 60². Label 0: I = 140, U = 142, 2 / 142. Their mean in points.
  expect(gain!.points).toBeCloseTo(50 * ((2 * 58) / 3600 + 2 / 142), 9)
  expect(gain).toMatchObject({ pixels: 2, label: 1 })
  expect(none).toEqual({ points: 0, pixels: 0, label: null })
})

test('it is the change of the mean IoU, to first order', () => {
  // 1000 pixels of label 1, of which 20 should be 2 and 10 background; 400 of label 2, 6000 of background, all right.
  const photos = [
    { pixels: [[1, 600]], cells: [{ label: 1, other: 2, expected: 20 }] }, // prettier-ignore
    { pixels: [[0, 6000], [1, 400], [2, 400]], cells: [{ label: 1, other: 0, expected: 10 }] }, // prettier-ignore
  ] as const
  const [first] = expectedGains(photos, 2)
  const before = [6000 / 6010, 970 / 1000, 400 / 420]
  const after = [6000 / 6010, 970 / 980, 420 / 420]
  const change = after.reduce((sum, iou, i) => sum + iou - before[i]!, 0) / 3
  expect(first!.points).toBeCloseTo(100 * change, 1)
  expect(first!.label).toBe(2)
})
