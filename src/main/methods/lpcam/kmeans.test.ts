import { expect, test } from 'vitest'
import { parityCase } from '../../../../tests/helpers/parity'
import { testEngine } from '../../../../tests/helpers/engine'
import { keyedGenerator } from '../../nn/random'
import { ClusterStep } from './clusterStep'
import { drawWithoutRepetition } from './firstCentres'
import { iterate, kmeans } from './kmeans'
import { lpcamOptions } from './options'
import { disposeRows, RowCollector, type Rows } from './rows'

const defaults = lpcamOptions.parse({})

function rowsOf(values: readonly (readonly number[])[], group = values.length): Rows {
  const { tf } = testEngine()
  const collector = new RowCollector(values[0]!.length)
  for (let start = 0; start < values.length; start += group)
    collector.add(tf.tensor2d(values.slice(start, start + group).map(row => [...row])))
  return collector.finish()
}

interface KmeansCase {
  readonly input: { readonly X: number[][]; readonly initIndices: number[]; readonly tol: number }
  readonly expected: { readonly assign: number[]; readonly centers: number[][]; readonly shiftSquaredHistory: number[] }
}

test.each(['kmeans-cosine-tol5', 'kmeans-cosine-tol0.0001'])('%s equals the reference', async id => {
  const { input, expected } = parityCase<KmeansCase>(id)
  const rows = rowsOf(input.X)
  const options = { ...defaults, clusters: 3, tolerance: input.tol }
  const step = new ClusterStep(rows, options)
  const start = Float32Array.from(input.initIndices.flatMap(index => input.X[index]!))
  const found = await iterate(rows, step, start, options, keyedGenerator(0), async () => undefined)
  expect([...found.assignments]).toEqual(expected.assign)
  expect(found.shifts).toHaveLength(expected.shiftSquaredHistory.length)
  found.shifts.forEach((shift, i) => expect(shift).toBeCloseTo(expected.shiftSquaredHistory[i]!, 4))
  expected.centers.flat().forEach((value, i) => expect(Math.abs(found.centres[i]! - value)).toBeLessThan(1e-4))
  disposeRows(rows)
})

test('two directions of different lengths part by direction, not by length', async () => {
  const rows = rowsOf([[1, 0], [9, 0], [0, 1], [0, 7]]) // prettier-ignore
  const found = await kmeans(rows, { ...defaults, clusters: 2, tolerance: 0.001 }, keyedGenerator(3))
  expect(found.assignments[0]).toBe(found.assignments[1])
  expect(found.assignments[2]).toBe(found.assignments[3])
  expect(found.assignments[0]).not.toBe(found.assignments[2])
  expect([...found.centres].sort((a, b) => a - b)).toEqual([0, 0, 4, 5])
  disposeRows(rows)
})

test('never has more clusters than there are distinct rows', async () => {
  const rows = rowsOf([[1, 0], [1, 0], [0, 1], [0, 1], [1, 0]]) // prettier-ignore
  const found = await kmeans(rows, { ...defaults, clusters: 12 }, keyedGenerator(1))
  expect(found.counts).toHaveLength(2)
  disposeRows(rows)
})

test('one distinct row makes one cluster', async () => {
  const rows = rowsOf([[2, 1], [2, 1], [2, 1]]) // prettier-ignore
  const found = await kmeans(rows, { ...defaults, clusters: 12 }, keyedGenerator(1))
  expect([...found.centres]).toEqual([2, 1])
  expect([...found.counts]).toEqual([3])
  disposeRows(rows)
})

test('a feature of zeros is at distance 1 and turns nothing into NaN', async () => {
  const rows = rowsOf([[0, 0], [1, 0], [0, 1]]) // prettier-ignore
  const found = await kmeans(rows, { ...defaults, clusters: 2 }, keyedGenerator(5))
  expect(found.centres.some(Number.isNaN)).toBe(false)
  disposeRows(rows)
})

test.each(['farthest', 'random', 'drop'] as const)('a centre that no row chooses: %s', async emptyCluster => {
  const rows = rowsOf([[1, 0], [0.9, 0.1], [0, 1]]) // prettier-ignore
  const options = { ...defaults, clusters: 3, tolerance: 1e-6, emptyCluster }
  const step = new ClusterStep(rows, options)
  // The last centre points away from every row.
  const start = Float32Array.of(1, 0, 0, 1, -1, -1)
  const found = await iterate(rows, step, start, options, keyedGenerator(2), async () => undefined)
  expect(found.centres.some(Number.isNaN)).toBe(false)
  expect(found.counts).toHaveLength(emptyCluster === 'drop' ? 2 : 3)
  if (emptyCluster === 'farthest') expect(Math.min(...found.counts)).toBe(1)
  disposeRows(rows)
})

test('stops at the cap with the tightest centres it saw', async () => {
  const rows = rowsOf([[1, 0], [0.8, 0.3], [0.5, 0.5], [0.2, 0.9], [0, 1]]) // prettier-ignore
  const found = await kmeans(rows, { ...defaults, clusters: 2, tolerance: 0, maxIterations: 3 }, keyedGenerator(4))
  expect(found.converged).toBe(false)
  expect(found.shifts).toHaveLength(3)
  disposeRows(rows)
})

test.each(['cosine', 'euclidean'] as const)(
  '%s: many chunks give what one chunk gives, and nothing leaks',
  async distance => {
    const { binding } = testEngine()
    const before = binding.getNumOfTensors()
    const values = Array.from({ length: 2500 }, (_, i) => [Math.sin(i) + 1.5, Math.cos(i * 0.7) + 1.5, (i % 7) / 7])
    const options = { ...defaults, clusters: 4, tolerance: 1e-4, distance, initialisation: 'kmeans++' as const }
    const whole = rowsOf(values)
    const parts = rowsOf(values, 37)
    expect(whole.chunks.map(chunk => chunk.shape[0])).toEqual([1024, 1024, 452])
    const a = await kmeans(whole, options, keyedGenerator(9))
    const b = await kmeans(parts, options, keyedGenerator(9))
    expect([...b.assignments]).toEqual([...a.assignments])
    expect([...b.centres]).toEqual([...a.centres])
    disposeRows(whole)
    disposeRows(parts)
    expect(binding.getNumOfTensors()).toBe(before)
  },
)

test.each(['cosine', 'euclidean'] as const)(
  '%s: a spherical update is the mean of directions, not of rows',
  async distance => {
    const rows = rowsOf([[3, 0], [0, 1], [0, 8]]) // prettier-ignore
    const centreOf = async (update: 'mean' | 'spherical') => {
      const found = await kmeans(rows, { ...defaults, clusters: 1, distance, update }, keyedGenerator(1))
      return [...found.centres].map(value => expect.closeTo(value, 6) as number)
    }
    expect([1, 3]).toEqual(await centreOf('mean'))
    expect([1 / 3, 2 / 3]).toEqual(await centreOf('spherical'))
    disposeRows(rows)
  },
)

test('a draw of most numbers without repetition gives every order equally often', () => {
  const random = keyedGenerator(5)
  const times = new Map<string, number>()
  for (let i = 0; i < 2400; i++) {
    const order = drawWithoutRepetition(4, 3, random).join()
    times.set(order, (times.get(order) ?? 0) + 1)
  }
  expect(times.size).toBe(24)
  // 100 each, and a standard deviation of 9.8: five of them at the most.
  for (const count of times.values()) expect(Math.abs(count - 100)).toBeLessThan(50)
})

test('of several restarts the tightest is kept', async () => {
  // Three tight bundles of directions; two first centres in one bundle leave the other two to share a centre.
  const angles = [0.02, 0.05, 0.08, 0.7, 0.73, 0.76, 1.5, 1.53, 1.56]
  const rows = rowsOf(angles.map(angle => [Math.cos(angle), Math.sin(angle)]))
  const options = { ...defaults, clusters: 3, tolerance: 1e-9 }
  const draws = keyedGenerator(11)
  const spreads: number[] = []
  for (let i = 0; i < 6; i++) spreads.push((await kmeans(rows, options, draws)).spread)
  expect(Math.max(...spreads)).toBeGreaterThan(2 * Math.min(...spreads))
  const best = await kmeans(rows, { ...options, restarts: 6 }, keyedGenerator(11))
  expect(best.spread).toBe(Math.min(...spreads))
  disposeRows(rows)
})
