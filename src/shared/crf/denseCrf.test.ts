import { expect, test } from 'vitest'
import { exactCrf } from '../../../tests/helpers/exactCrf'
import { parityCase } from '../../../tests/helpers/parity'
import type { RgbImage } from '../raster/size'
import type { CrfSettings } from './crfSettings'
import { denseCrf, denseCrfs, likeliestLabels } from './denseCrf'
import { unaryFromLabels, unaryFromProbabilities } from './unary'

interface CrfCase {
  readonly input: {
    readonly H: number
    readonly W: number
    readonly nLabels: number
    readonly iters: number
    readonly gauss: { readonly sxy: number; readonly compat: number }
    readonly bilateral: { readonly sxy: number; readonly srgb: number; readonly compat: number }
    readonly image: readonly number[]
    readonly labels: readonly number[]
    readonly gtProb: number
  }
  /** `[pixels][labels]` */
  readonly expected: { readonly lattice: number[][]; readonly exact: number[][] }
  readonly tol: { readonly lattice: number; readonly exact: number }
}

const cases = ['crf-gauss-t1', 'crf-bilateral-t1', 'crf-irn-t1', 'crf-irn-t10', 'crf-deeplab-t10']

/** A parity case as the arguments of `denseCrf`. */
function problem({ input }: CrfCase) {
  const { H, W, nLabels, iters, gauss, bilateral, image, labels, gtProb } = input
  const settings: CrfSettings = {
    iterations: iters,
    spatial: { sigma: gauss.sxy, weight: gauss.compat },
    bilateral: { sigmaXy: bilateral.sxy, sigmaRgb: bilateral.srgb, weight: bilateral.compat },
  }
  const photo: RgbImage = { width: W, height: H, data: Uint8Array.from(image) }
  return [photo, unaryFromLabels(Uint8Array.from(labels), nLabels, gtProb), nLabels, settings] as const
}

/** The largest distance of `[labels, pixels]` to `[pixels][labels]`. */
function distance(actual: Float32Array | Float64Array, expected: number[][]): number {
  const pixels = expected.length
  return Math.max(...actual.map((value, at) => Math.abs(value - expected[at % pixels]![Math.floor(at / pixels)]!)))
}

test.each(cases)('%s: as the reference’s lattice gives it', id => {
  const parity = parityCase<CrfCase>(id)
  expect(distance(denseCrf(...problem(parity)), parity.expected.lattice)).toBeLessThan(parity.tol.lattice)
})

test.each(cases)('%s: the oracle of the tests below sums over all pairs rightly', id => {
  const parity = parityCase<CrfCase>(id)
  expect(distance(exactCrf(...problem(parity)), parity.expected.exact)).toBeLessThan(parity.tol.exact)
})

/** Two colours with a little noise, parted by a slanted line. */
function twoColours(side: number): RgbImage {
  const data = Uint8Array.from({ length: side * side * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % side, Math.floor(i / 3 / side)]
    return (x + y / 3 < side * 0.6 ? 80 : 170) + ((i * 7919) % 11)
  })
  return { width: side, height: side, data }
}

const irn: CrfSettings = {
  iterations: 10,
  spatial: { sigma: 3, weight: 3 },
  bilateral: { sigmaXy: 50, sigmaRgb: 5, weight: 10 },
}

test('labels agree with the exact sums on two colours with every tenth label flipped, and are the colours', () => {
  const image = twoColours(32)
  const colours = Uint8Array.from({ length: 1024 }, (_, i) => (image.data[i * 3]! < 130 ? 0 : 1))
  const flipped = colours.map((label, i) => ((i * 7919 + 13) % 1009 < 101 ? 1 - label : label))
  const unary = unaryFromLabels(flipped, 2, 0.7)
  const labels = likeliestLabels(denseCrf(image, unary, 2, irn), 2)
  const exact = likeliestLabels(Float32Array.from(exactCrf(image, unary, 2, irn)), 2)
  expect(labels.filter((label, i) => label === exact[i]).length).toBeGreaterThanOrEqual(0.97 * 1024)
  expect(labels).toEqual(colours)
})

test('without kernels the marginals are the probabilities, clipped and scaled to sum 1', () => {
  const settings = { ...irn, spatial: { sigma: 3, weight: 0 }, bilateral: { ...irn.bilateral, weight: 0 } }
  const image = { width: 2, height: 1, data: new Uint8Array(6) }
  const marginals = denseCrf(image, unaryFromProbabilities(Float32Array.of(0.2, 0, 0.6, 0.5)), 2, settings)
  expect([...marginals]).toEqual([0.25, 1e-5 / 0.50001, 0.75, 0.5 / 0.50001].map(value => expect.closeTo(value, 6)))
})

test('marginals sum to 1, and follow their labels when those change places', () => {
  const image = twoColours(24)
  const probabilities = Float32Array.from({ length: 3 * 576 }, (_, i) => (((i * 7919 + 29) % 1009) + 1) / 1010)
  const unary = unaryFromProbabilities(probabilities)
  const turned = Float32Array.from({ length: 3 * 576 }, (_, i) => unary[(i + 576) % (3 * 576)]!)
  const marginals = denseCrf(image, unary, 3, irn)
  const after = denseCrf(image, turned, 3, irn)
  for (let pixel = 0; pixel < 576; pixel++) {
    const [a, b, c] = [0, 1, 2].map(label => marginals[label * 576 + pixel]!)
    expect(a! + b! + c!).toBeCloseTo(1, 5)
    expect([0, 1, 2].map(label => after[label * 576 + pixel])).toEqual([b, c, a].map(v => expect.closeTo(v!, 4)))
  }
})

test('exact sums of a photo of 2 × 3, worked out elsewhere', () => {
  const white = new Set([2, 4, 5])
  const image = { width: 3, height: 2, data: Uint8Array.from({ length: 18 }, (_, i) => (white.has(Math.floor(i / 3)) ? 200 : 0)) } // prettier-ignore
  const foreground = Float32Array.of(0.2, 0.6, 0.8, 0.3, 0.45, 0.9)
  const unary = unaryFromProbabilities(Float32Array.of(...foreground.map(p => 1 - p), ...foreground))
  const settings = {
    iterations: 10,
    spatial: { sigma: 1, weight: 1 },
    bilateral: { sigmaXy: 67, sigmaRgb: 3, weight: 4 },
  }
  const expected = [0.002856, 0.026515, 0.996803, 0.005644, 0.978978, 0.998768]
  expect([...exactCrf(image, unary, 2, settings).subarray(6)]).toEqual(expected.map(p => expect.closeTo(p, 5)))
})

test('several readings at once give the very values that each gives alone', () => {
  const image = twoColours(24)
  const readings = [3, 7, 11].map(seed =>
    unaryFromLabels(
      Uint8Array.from({ length: 576 }, (_, i) => (i * seed) % 2),
      2,
      0.7,
    ),
  )
  const alone = readings.map(unary => denseCrf(image, unary, 2, irn))
  expect(denseCrfs(image, readings, 2, irn)).toEqual(alone)
})

test('one label needs no inference', () => {
  expect([...denseCrf({ width: 2, height: 1, data: new Uint8Array(6) }, new Float32Array(2), 1, irn)]).toEqual([1, 1])
})

test('it can be ended before every update', () => {
  let calls = 0
  const stop = () => {
    if (++calls === 3) throw new DOMException('cancelled', 'AbortError')
  }
  const image = twoColours(8)
  expect(() => denseCrf(image, new Float32Array(128), 2, irn, stop)).toThrow('cancelled')
  expect(calls).toBe(3)
})

test('what does not fit together is refused with numbers', () => {
  const image = twoColours(4)
  expect(() => denseCrf(image, new Float32Array(31), 2, irn)).toThrow('2 labels for 4×4 need 32 values, not 31')
  expect(() => denseCrf({ ...image, width: 5 }, new Float32Array(40), 2, irn)).toThrow(
    '48 bytes are no RGB image of 5×4',
  )
  const unary = new Float32Array(32)
  unary[16 + 6] = NaN
  expect(() => denseCrf(image, unary, 2, irn)).toThrow('label 1 at (2, 1) is NaN')
})
