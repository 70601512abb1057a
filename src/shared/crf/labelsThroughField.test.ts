import { expect, test } from 'vitest'
import { labelsThroughField } from './labelsThroughField'

/** Left half dark, right half bright, 24 × 16. */
const size = { width: 24, height: 16 }
const image = {
  ...size,
  data: Uint8Array.from({ length: 24 * 16 * 3 }, (_, i) => (Math.floor(i / 3) % 24 < 12 ? 30 : 220)),
}
const settings = {
  iterations: 5,
  spatial: { sigma: 1, weight: 1 },
  bilateral: { sigmaXy: 20, sigmaRgb: 10, weight: 4 },
}

test('a border of the probabilities moves to the edge of the photo; labels that are nowhere likely stay out', () => {
  // Four labels on a quarter of the sides: 3 left of the sixteenth pixel, 1 right of it, 0 and 2 impossible.
  const grid = { labels: 4, width: 6, height: 4, planes: new Float32Array(4 * 24) }
  for (let i = 0; i < 24; i++) {
    grid.planes[3 * 24 + i] = i % 6 < 4 ? 0.7 : 0.3
    grid.planes[24 + i] = i % 6 < 4 ? 0.3 : 0.7
  }
  const labels = labelsThroughField(image, grid, size, settings)
  labels.forEach((label, i) => expect(label, `pixel ${i}`).toBe(i % 24 < 12 ? 3 : 1))
  const larger = labelsThroughField(image, grid, { width: 48, height: 32 }, settings)
  larger.forEach((label, i) => expect(label).toBe(i % 48 < 24 ? 3 : 1))
})

test('of many labels that are all unlikely, those that are the likeliest somewhere are decided between', () => {
  // Thirty labels of 0.033 each, the eighth a little likelier on the left, the tenth on the right.
  const grid = { labels: 30, width: 6, height: 4, planes: new Float32Array(30 * 24).fill(0.033) }
  for (let i = 0; i < 24; i++) grid.planes[(i % 6 < 3 ? 7 : 9) * 24 + i] = 0.043
  const labels = labelsThroughField(image, grid, size, settings)
  labels.forEach((label, i) => expect(label, `pixel ${i}`).toBe(i % 24 < 12 ? 7 : 9))
})
