import { expect, test } from 'vitest'
import { bankWeights, ImageBank } from './imageBank'

/** Classes 0 and 1; class 2 has no photo. */
const labels = [[0], [0, 1], [1]]

/** A seed by which the first epoch shows the three photos in their own order. */
function orderedSeed(): number {
  for (let seed = 0; ; seed++) {
    const bank = new ImageBank(labels, 3, { seed, batch: 3, draws: 0 })
    if (bank.samplesAt(0).every(({ photo }, place) => photo === place)) return seed
  }
}

test('the last photo of a class holds its slot, an empty slot is never drawn, the others equally often', () => {
  const bank = new ImageBank(labels, 3, { seed: orderedSeed(), batch: 3, draws: 100_000 })
  const drawn = bank.samplesAt(0).slice(3)
  const count = (photo: number) => drawn.filter(sample => sample.photo === photo).length
  expect(drawn).toHaveLength(100_000)
  expect(count(0)).toBe(0)
  expect(count(1) + count(2)).toBe(100_000)
  expect(Math.abs(count(1) / 100_000 - 0.5)).toBeLessThan(0.01)
})

test('a batch enters before slots are drawn: the first step draws photos of its own batch', () => {
  const bank = new ImageBank(
    Array.from({ length: 40 }, (_, photo) => [photo % 4]),
    4,
    { seed: 3, batch: 8, draws: 4 },
  )
  const samples = bank.samplesAt(0)
  const batch = samples.slice(0, 8).map(({ photo }) => photo)
  expect(samples.slice(8).every(({ photo }) => batch.includes(photo))).toBe(true)
})

test('a drawn sample is the one that the slot’s class was last seen as, its epoch included', () => {
  const bank = new ImageBank([[0], [1], [1], [1]], 2, { seed: 5, batch: 2, draws: 30 })
  const latest = new Map<number, string>()
  for (let step = 0; step < 12; step++) {
    const samples = bank.samplesAt(step)
    for (const { photo, epoch } of samples.slice(0, 2)) latest.set(photo === 0 ? 0 : 1, `${photo} in ${epoch}`)
    const drawn = samples.slice(2).map(({ photo, epoch }) => `${photo} in ${epoch}`)
    expect(drawn.every(sample => [...latest.values()].includes(sample))).toBe(true)
  }
})

test('whatever step it is asked for first, it gives the same samples', () => {
  const photos = Array.from({ length: 23 }, (_, photo) => (photo % 5 === 0 ? [] : [photo % 3]))
  const options = { seed: 9, batch: 4, draws: 3 }
  const forward = new ImageBank(photos, 3, options)
  const inOrder = Array.from({ length: 15 }, (_, step) => forward.samplesAt(step))
  const resumed = new ImageBank(photos, 3, options)
  expect(resumed.samplesAt(14)).toEqual(inOrder[14])
  expect(resumed.samplesAt(3)).toEqual(inOrder[3])
})

test('photos without a label never enter', () => {
  const bank = new ImageBank([[], [], []], 2, { seed: 1, batch: 3, draws: 4 })
  expect(bank.samplesAt(0)).toHaveLength(3)
})

test('the weights are how often drawing lets each photo be seen', () => {
  const photos = [...Array.from({ length: 12 }, () => [0]), [1], [1], [0, 1], []]
  const options = { seed: 2, batch: 4, draws: 2 }
  const bank = new ImageBank(photos, 3, options)
  const seen = new Array<number>(photos.length).fill(0)
  const steps = 8_000
  for (let step = 0; step < steps; step++) for (const { photo } of bank.samplesAt(step)) seen[photo]!++
  const epochs = (steps * options.batch) / photos.length
  const weights = bankWeights(photos, 3, options)
  // 16,000 draws of two slots: a slot's photo is off by at most 0.05 of an epoch in 2,000
  weights.forEach((weight, photo) => expect(Math.abs(seen[photo]! / epochs - weight)).toBeLessThan(0.05))
  expect(weights.reduce((sum, weight) => sum + weight, 0) / photos.length).toBeCloseTo(1.5, 5)
})
