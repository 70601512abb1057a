import { expect, test } from 'vitest'
import { comparison } from './comparison.mjs'

const scores = (iou: number | null) => ({ iou, precision: 0.5, recall: 0.25, falsePositive: 0.125, falseNegative: 0 })
const evaluation = (background: number, dog: number | null, mean: number) => ({
  step: 'cam-masks',
  classes: ['background', 'dog'],
  images: 24,
  summary: { threshold: 0.4 },
  scores: { perClass: [scores(background), scores(dog)], meanIou: { value: mean } },
})

test('two evaluations stand side by side, a row a class, with the gain in IoU', () => {
  const lines = comparison([evaluation(0.8, 0.5, 0.65), evaluation(0.75, 0.625, 0.675)]).split('\n')
  expect(lines[2]).toMatch(/^background +80\.0 +50\.0 +25\.0 +12\.5 +0\.0 +75\.0 .* −5\.0$/)
  expect(lines[3]).toMatch(/^dog +50\.0 .* 62\.5 .* \+12\.5$/)
  expect(lines.at(-2)).toContain('CAM 65.0 %, LPCAM 67.5 % (+2.5) on 24 photos')
})

test('a class that is nowhere has no figure and no gain', () => {
  const lines = comparison([evaluation(0.8, null, 0.8), evaluation(0.75, 0.5, 0.625)]).split('\n')
  expect(lines[3]).toMatch(/^dog +– .* +–$/)
})

test('columns line up: every row is as long as the heading of the classes', () => {
  const lines = comparison([evaluation(0.8, 0.5, 0.65), evaluation(0.75, 1, 0.875)]).split('\n')
  expect(new Set([lines[1]!.length, lines[2]!.length, lines[3]!.length]).size).toBe(1)
})
