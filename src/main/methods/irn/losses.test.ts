import { expect, test } from 'vitest'
import { parityCase } from '../../../../tests/helpers/parity'
import { affinityPaths } from '../../../shared/affinity/affinityPaths'
import { affinityLoss } from './affinityLoss'
import { displacementLoss } from './displacementLoss'

interface LossCase {
  readonly input: {
    readonly edge: readonly (readonly number[])[]
    /** `[2, h, w]` */
    readonly disp: readonly (readonly (readonly number[])[])[]
    readonly label: readonly (readonly number[])[]
    readonly radius: number
  }
  readonly expected: Record<
    'nBgPos' | 'nFgPos' | 'nNeg' | 'bgPos' | 'fgPos' | 'neg' | 'dpFg' | 'dpBg' | 'total',
    number
  >
}

const { input, expected } = parityCase<LossCase>('irn-loss-r3')
const [height, width] = [input.label.length, input.label[0]!.length]
const grid = { count: 1, height, width }
const pairs = { radius: input.radius, paths: affinityPaths(input.radius) }
const edge = Float32Array.from(input.edge.flat())
const labels = Uint8Array.from(input.label.flat())
const displacement = Float32Array.from({ length: 2 * edge.length }, (_, i) => input.disp[i % 2]!.flat()[i >> 1]!)

test('pairs and the five losses are those of the reference', () => {
  const affinity = affinityLoss(edge, labels, grid, pairs)
  const ways = displacementLoss(displacement, labels, grid, pairs)
  expect(affinity.pairs).toEqual({ background: expected.nBgPos, foreground: expected.nFgPos, different: expected.nNeg })
  expect(affinity.background).toBeCloseTo(expected.bgPos, 4)
  expect(affinity.foreground).toBeCloseTo(expected.fgPos, 4)
  expect(affinity.different).toBeCloseTo(expected.neg, 4)
  expect(ways.foreground).toBeCloseTo(expected.dpFg, 4)
  expect(ways.background).toBeCloseTo(expected.dpBg, 4)
  expect(affinity.total + ways.total).toBeCloseTo(expected.total, 4)
})

/** Central differences in float64 arithmetic on float32 values: exact to 1e-3 away from the corners of a maximum. */
function expectSlopes(
  values: Float32Array,
  gradient: Float32Array,
  total: (values: Float32Array) => number,
  step: number,
): void {
  const changed = (i: number, by: number) => values.map((value, j) => (i === j ? value + by : value))
  for (let i = 0; i < values.length; i++)
    expect(gradient[i], `place ${i}`).toBeCloseTo((total(changed(i, step)) - total(changed(i, -step))) / (2 * step), 3)
}

test('the gradient of the edges agrees with differences, over a batch', () => {
  const twice = Float32Array.of(...edge, ...edge.map(value => 0.1 + 0.8 * (1 - value)))
  const both = Uint8Array.of(...labels, ...labels)
  const batch = { count: 2, height, width }
  const total = (values: Float32Array) => affinityLoss(values, both, batch, pairs).total
  expectSlopes(twice, affinityLoss(twice, both, batch, pairs).gradient, total, 1 / 4096)
})

test('the gradient of the displacements agrees with differences', () => {
  const total = (values: Float32Array) => displacementLoss(values, labels, grid, pairs).total
  expectSlopes(displacement, displacementLoss(displacement, labels, grid, pairs).gradient, total, 1 / 4096)
})

test('where nothing is sure there is neither loss nor gradient', () => {
  const unsure = new Uint8Array(labels.length).fill(255)
  const affinity = affinityLoss(edge, unsure, grid, pairs)
  expect(affinity.total).toBe(0)
  expect(affinity.gradient.every(slope => slope === 0)).toBe(true)
  expect(displacementLoss(displacement, unsure, grid, pairs).total).toBe(0)
})

test('the strongest of equal edges that counts is the first on the way from the far end', () => {
  const flat = new Float32Array(9).fill(0.5)
  const alike = new Uint8Array(9).fill(1)
  const { gradient } = affinityLoss(
    flat,
    alike,
    { count: 1, height: 3, width: 3 },
    { radius: 2, paths: affinityPaths(2) },
  )
  // First ends are (0, 1) and (1, 1): the pairs of the upper end at (0, 2) and in the second row, those of the lower below.
  expect([...gradient].map(slope => slope > 0)).toEqual([false, false, true, true, true, true, true, true, true])
})
