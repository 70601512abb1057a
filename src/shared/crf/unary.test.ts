import { expect, test } from 'vitest'
import { parityCase } from '../../../tests/helpers/parity'
import { labelsFromScores } from '../raster/labelsFromScores'
import { placesAbove, unaryFromScores } from './scoreUnary'
import { unaryFromLabels, unaryFromProbabilities } from './unary'

test('energies of labels are the reference’s for 2, 3 and 5 labels', () => {
  const { input, expected } = parityCase<{
    input: { nLabels: number[] }
    expected: { positive: number; negative: number[] }
  }>('crf-unary')
  input.nLabels.forEach((count, i) => {
    const [right, wrong] = unaryFromLabels(Uint8Array.of(0), count, 0.7)
    expect(right).toBeCloseTo(expected.positive, 6)
    expect(wrong).toBeCloseTo(expected.negative[i]!, 6)
  })
})

test('void is as likely any label', () => {
  const unary = unaryFromLabels(Uint8Array.of(1, 255), 3, 0.7)
  expect([unary[1], unary[3], unary[5]]).toEqual([1, 1, 1].map(() => expect.closeTo(Math.log(3), 6)))
})

test('probabilities of 0 stay finite, those above 1 count as 1', () => {
  expect([...unaryFromProbabilities(Float32Array.of(0, 1, 2))]).toEqual([expect.closeTo(11.512925, 5), -0, -0])
})

test('a confidence of 1 is refused', () => {
  expect(() => unaryFromLabels(Uint8Array.of(0), 2, 1)).toThrow('confidence of 1')
})

const grid = {
  keys: Int32Array.of(2, 7),
  maps: Float32Array.from({ length: 24 }, (_, i) => ((i * 7919 + 13) % 1009) / 1009),
  width: 4,
  height: 3,
}
const size = { width: 9, height: 7 }

test('before any smoothing the likeliest label is the mask at the threshold, from labels and from scores', () => {
  const mask = labelsFromScores(grid, size, 0.55)
  for (const evidence of [{ kind: 'labels', confidence: 0.6 } as const, { kind: 'scores', sharpness: 2 } as const]) {
    const unary = unaryFromScores(grid, size, 0.55, evidence)
    const likeliest = Uint8Array.from({ length: 63 }, (_, pixel) => {
      const energies = [0, 1, 2].map(label => unary[label * 63 + pixel]!)
      return [0, 3, 8][energies.indexOf(Math.min(...energies))]!
    })
    expect(likeliest).toEqual(mask)
  }
  expect(placesAbove(grid, size, 0.55)).toEqual(mask.map(label => (label === 0 ? 0 : label === 3 ? 1 : 2)))
})

test('odds of two labels are their scores’ odds to the power of the sharpness', () => {
  const constant = { keys: Int32Array.of(0), maps: Float32Array.of(0.8), width: 1, height: 1 }
  const [background, foreground] = unaryFromScores(constant, { width: 1, height: 1 }, 0.4, {
    kind: 'scores',
    sharpness: 3,
  })
  expect(Math.exp(background! - foreground!)).toBeCloseTo(8, 5)
})
