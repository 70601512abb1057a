import { expect, test } from 'vitest'
import { epochOrder } from './augment'
import { PhotoOrder } from './photoOrder'

function epochOf(order: PhotoOrder, count: number, epoch: number) {
  return Array.from({ length: count }, (_, i) => order.at(epoch * count + i))
}

test('with equal factors an epoch is a shuffle of all photos', () => {
  const order = new PhotoOrder(new Float64Array(10).fill(1.7), 3)
  for (const epoch of [0, 1, 5])
    expect(epochOf(order, 10, epoch)).toEqual(
      [...epochOrder(10, { seed: 3, epoch })].map(photo => ({ photo, epoch, repeat: 0 })),
    )
})

test('photos come in proportion to their factors: each epoch to the next whole number, in the long run exactly', () => {
  // Σ = 8, so that of 4 samples an epoch they expect ½, ½, 1 and 2.
  const order = new PhotoOrder(Float64Array.of(1, 1, 2, 4), 666)
  const epochs = 2000
  const seen = [0, 0, 0, 0]
  for (let epoch = 0; epoch < epochs; epoch++) {
    const samples = epochOf(order, 4, epoch)
    const counts = [0, 1, 2, 3].map(photo => samples.filter(sample => sample.photo === photo))
    counts.forEach((drawn, photo) => {
      seen[photo]! += drawn.length
      expect(drawn.map(({ repeat }) => repeat).sort()).toEqual(drawn.map((_, k) => k))
    })
    expect(counts.map(({ length }) => length).slice(2)).toEqual([1, 2])
    expect(counts[0]!.length + counts[1]!.length).toBe(1)
  }
  // 1000 ± 3 standard deviations of a fair coin.
  expect(Math.abs(seen[0]! - epochs / 2)).toBeLessThan(68)
  expect(seen.slice(2)).toEqual([epochs, 2 * epochs])
})

test('who asks anew, or backwards, hears the same', () => {
  const factors = Float64Array.of(1, 3, 1, 2, 1)
  const once = new PhotoOrder(factors, 7)
  const first = epochOf(once, 5, 4)
  epochOf(once, 5, 0)
  expect(epochOf(once, 5, 4)).toEqual(first)
  expect(epochOf(new PhotoOrder(factors, 7), 5, 4)).toEqual(first)
  expect(epochOf(new PhotoOrder(factors, 8), 5, 4)).not.toEqual(first)
})
