import { expect, test } from 'vitest'
import { labelsFromScores, scoreArgmax, type ScoreGrid } from '../raster/labelsFromScores'
import { confusion } from './confusion'
import { scoresFromConfusion } from './scores'
import {
  addToSweep,
  bestThreshold,
  emptySweep,
  sweepConfusion,
  sweepCurve,
  sweepPart,
  sweepThresholds,
  thresholdBins,
} from './sweep'

const size = { width: 40, height: 30 }
const classes = 5

/** Scores on, just above and just below every threshold, where float32 and the decimal differ, and all in between. */
function trickyGrid(keys: number[], seed: number): ScoreGrid {
  const maps = Float32Array.from({ length: keys.length * 1200 }, (_, i) => {
    const value = ((i * 7919 + 13 + 101 * seed) % 1009) / 1009
    const edge = Math.fround(Math.round(value * 100) / 100)
    return [value, edge, edge * (1 + 2 ** -23), edge * (1 - 2 ** -24)][i % 4]!
  })
  return { keys: Int32Array.from(keys), maps, ...size }
}

function truthOf(seed: number): Uint8Array {
  return Uint8Array.from({ length: 1200 }, (_, i) => (i % 17 === 0 ? 255 : (i * 31 + seed) % (classes + 1)))
}

const photos = [
  { grid: trickyGrid([0, 2], 1), truth: truthOf(1) },
  { grid: trickyGrid([4], 2), truth: truthOf(2) },
  { grid: trickyGrid([], 3), truth: truthOf(3) },
  { grid: trickyGrid([1, 2, 3, 4], 4), truth: truthOf(4) },
]

function sweepOf() {
  const sweep = emptySweep(classes)
  for (const { grid, truth } of photos) addToSweep(sweep, sweepPart(scoreArgmax(grid, size), grid.keys, truth, classes))
  return sweep
}

test('the sweep equals direct evaluation at every threshold', () => {
  const sweep = sweepOf()
  for (const [index, threshold] of sweepThresholds.entries()) {
    const direct = new Float64Array((classes + 1) ** 2)
    for (const { grid, truth } of photos)
      confusion(truth, labelsFromScores(grid, size, threshold), classes).forEach((count, i) => (direct[i]! += count))
    expect([...sweepConfusion(sweep, index)], `t = ${threshold}`).toEqual([...direct])
  }
})

/** How many thresholds a score exceeds, one after the other. */
const thresholdsBelow = (score: number) => sweepThresholds.filter(threshold => score > threshold).length

test('a score is above exactly the thresholds it exceeds', () => {
  expect([...thresholdBins(Float32Array.of(0, -1, 0.005, 0.01, 0.25, 0.5, 1, 1.5))]).toEqual([
    0, 0, 1, 1, 25, 50, 100, 101,
  ])
  // float32(0.57) is below the double 0.57, float32(0.58) above 0.58.
  for (const k of [7, 28, 29, 55, 56, 57, 58]) {
    const score = Math.fround(k / 100)
    expect(thresholdBins(Float32Array.of(score))[0]).toBe(score > k / 100 ? k + 1 : k)
  }
})

test('scores in bulk are counted as one by one, on every threshold and next to it', () => {
  const neighbours = sweepThresholds.flatMap(t => [t, t * (1 + 2 ** -23), t * (1 - 2 ** -24), t + 0.005])
  const scores = Float32Array.of(...neighbours, -1, -0.001, 1.0001, 1.02, 3, 65504)
  expect([...thresholdBins(scores)]).toEqual([...scores].map(thresholdsBelow))
})

test('the best threshold is the lowest of the highest mIoU', () => {
  const curve = sweepCurve(sweepOf())
  expect(curve).toHaveLength(101)
  const best = bestThreshold(curve)
  const values = curve.map(point => point.scores.meanIou.value!)
  expect(best.threshold).toBe(sweepThresholds[values.indexOf(Math.max(...values))])
})

test('two flat regions are told apart between their scores', () => {
  const grid: ScoreGrid = { keys: Int32Array.of(0), maps: Float32Array.of(0.2, 0.8), width: 2, height: 1 }
  const sweep = emptySweep(1)
  addToSweep(sweep, sweepPart(scoreArgmax(grid, grid), grid.keys, Uint8Array.of(0, 1), 1))
  const best = bestThreshold(sweepCurve(sweep))
  // float32(0.2) = 0.20000000298 exceeds 0.20: the background pixel is right from 0.21 on.
  expect(best.threshold).toBe(0.21)
  expect(best.scores).toEqual(scoresFromConfusion(Float64Array.of(1, 0, 0, 1)))
})

test('without truth no threshold is chosen', () => {
  expect(() => bestThreshold(sweepCurve(emptySweep(2)))).toThrow('no scored pixel')
})
