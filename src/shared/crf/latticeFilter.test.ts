import { expect, test } from 'vitest'
import { LatticeFilter } from './latticeFilter'
import { buildLattice } from './permutohedralLattice'
import { spatialFeatures } from './kernels'

function filtered(features: Float32Array, dimensions: number, values: Float32Array, channels = 1): Float32Array {
  const lattice = buildLattice(features, dimensions)
  const out = new Float32Array(values.length)
  new LatticeFilter(lattice, channels).add(values, out, new Float32Array(lattice.points).fill(1), 1)
  return out
}

// Raw outputs of the reference's lattice (densecrf `permutohedral.cpp`).
test('one value among eight points half a deviation apart spreads as in the reference', () => {
  const delta = Float32Array.from({ length: 8 }, (_, i) => (i === 3 ? 1 : 0))
  const out = filtered(
    Float32Array.from({ length: 8 }, (_, i) => i / 2),
    1,
    delta,
  )
  const expected = [0.300641, 0.563533, 0.779915, 0.869232, 0.793733, 0.575499, 0.342093, 0.116951]
  expect([...out]).toEqual(expected.map(value => expect.closeTo(value, 5)))
})

test('a grid of 4 × 5 sums its neighbours as in the reference', () => {
  const features = spatialFeatures({ width: 5, height: 4 }, 3)
  const sums = filtered(features, 2, new Float32Array(20).fill(1))
  expect(sums[0]).toBeCloseTo(10.2967, 4)
  expect(sums[7]).toBeCloseTo(13.5286, 4)
  const delta = Float32Array.from({ length: 20 }, (_, i) => (i === 7 ? 1 : 0))
  expect(filtered(features, 2, delta)[7]).toBeCloseTo(0.8207, 4)
})

test('channels are filtered apart, whatever their number', () => {
  const features = spatialFeatures({ width: 6, height: 5 }, 2)
  const values = Float32Array.from({ length: 30 * 5 }, (_, i) => ((i * 7919 + 13) % 1009) / 1009)
  const together = filtered(features, 2, values, 5)
  for (let channel = 0; channel < 5; channel++) {
    const alone = filtered(
      features,
      2,
      values.filter((_, i) => i % 5 === channel),
    )
    expect([...together.filter((_, i) => i % 5 === channel)]).toEqual([...alone])
  }
})

test('more vertices than points: the table grows and every point keeps its weights', () => {
  const features = Float32Array.from({ length: 200 * 5 }, (_, i) => (((i * 7919 + 13) % 1009) - 500) * 0.9)
  const { vertices, corners, weights } = buildLattice(features, 5)
  expect(vertices).toBeGreaterThan(1000)
  for (let point = 0; point < 200; point++) {
    const own = corners.subarray(point * 6, point * 6 + 6)
    expect(new Set(own).size).toBe(6)
    expect(weights.subarray(point * 6, point * 6 + 6).reduce((a, b) => a + b)).toBeCloseTo(1, 5)
  }
})
