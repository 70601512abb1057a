import { expect, test } from 'vitest'
import { testEngine } from '../../../../tests/helpers/engine'
import { parityCase } from '../../../../tests/helpers/parity'
import { normalisePlanes, readPlanes, sumAtInput, sumAtQuarter } from '../../nn/multiScale'
import { prototypeActivation } from './activation'
import { classDirections, prototypeMatrix } from './matrix'
import { lpcamOptions, type LpcamOptions } from './options'
import type { PrototypeSetReport } from '../../artifacts/prototypes'
import { classProbabilities, meanDirection, selectContext, selectForeground } from './selectPrototypes'
import { gridOf, splitCells } from './splitGrid'

const defaults = lpcamOptions.parse({})

interface LpcamCase {
  readonly input: {
    /** [scale][copy] CHW */
    readonly features: number[][][][][]
    readonly fg: number[][]
    readonly bg: number[][]
    readonly size: [height: number, width: number]
  }
  readonly expected: {
    readonly scale0: number[][]
    readonly strided: number[][]
    readonly highResSum: number
    readonly highResRow0: number[]
    readonly highResLastRow: number[]
    readonly highResArgmax: number
  }
}

function allSelected(count: number): PrototypeSetReport {
  return { selected: new Array<boolean>(count).fill(true) } as unknown as PrototypeSetReport
}

function directionsOf({ fg, bg }: LpcamCase['input'], options: LpcamOptions) {
  return classDirections(
    { foreground: Float32Array.from(fg.flat()), context: Float32Array.from(bg.flat()) },
    { foreground: allSelected(fg.length), context: allSelected(bg.length) },
    options,
    fg[0]!.length,
  )
}

test.each(['lpcam', 'lpcam-f'])('%s equals the reference', id => {
  const { tf, binding } = testEngine()
  const { input, expected } = parityCase<LpcamCase>(id)
  const [height, width] = input.size
  const before = binding.getNumOfTensors()
  tf.tidy(() => {
    const matrix = prototypeMatrix([directionsOf(input, defaults)], input.fg[0]!.length)
    const scales = input.features.map(copies =>
      prototypeActivation(tf.tensor4d(copies).transpose([0, 2, 3, 1]), matrix, defaults),
    )
    expected.scale0.flat().forEach((value, i) => expect(scales[0]!.dataSync()[i]).toBeCloseTo(value, 5))
    const strided = readPlanes(1, () => sumAtQuarter(scales, { width, height }))
    normalisePlanes(strided, 1, 0)
    expected.strided.flat().forEach((value, i) => expect(Math.abs(strided[i]! - value)).toBeLessThan(2e-5))
    expect(Math.max(...strided)).toBe(1)
    const full = readPlanes(1, () => sumAtInput(scales, { width, height }))
    normalisePlanes(full, 1, 0)
    // 2e-5 of each of 1,230 pixels
    expect(Math.abs(full.reduce((sum, value) => sum + value, 0) - expected.highResSum)).toBeLessThan(0.03)
    expected.highResRow0.forEach((value, x) => expect(Math.abs(full[x]! - value)).toBeLessThan(2e-5))
    expected.highResLastRow.forEach((value, x) =>
      expect(Math.abs(full[(height - 1) * width + x]! - value)).toBeLessThan(2e-5),
    )
    expect(full.indexOf(1)).toBe(expected.highResArgmax)
  })
  expect(binding.getNumOfTensors()).toBe(before)
})

test('one column of means gives what the mean over the single cosines gives', () => {
  const { tf } = testEngine()
  const { input } = parityCase<LpcamCase>('lpcam')
  const channels = input.fg[0]!.length
  tf.tidy(() => {
    const features = tf.tensor4d(input.features[0]!).transpose([0, 2, 3, 1])
    const options = { ...defaults, relu: 'afterMerge' as const }
    const fast = prototypeActivation(features, prototypeMatrix([directionsOf(input, options)], channels), options)
    const single = (vector: number[]) =>
      prototypeActivation(
        features,
        prototypeMatrix([directionsOf({ ...input, fg: [vector], bg: [] }, options)], channels),
        options,
      ).dataSync()
    const mean = (vectors: number[][], i: number) =>
      vectors.reduce((sum, vector) => sum + single(vector)[i]!, 0) / vectors.length
    fast.dataSync().forEach((value, i) => expect(value).toBeCloseTo(mean(input.fg, i) - mean(input.bg, i), 5))
  })
})

test('aggregate max takes the best of the class and of its context', () => {
  const { tf } = testEngine()
  tf.tidy(() => {
    const input = { fg: [[2, 0], [0, 3]], bg: [[1, 1]], features: [], size: [1, 1] } as unknown as LpcamCase['input'] // prettier-ignore
    const options = { ...defaults, aggregate: 'max' as const, relu: 'afterMerge' as const }
    const matrix = prototypeMatrix([directionsOf(input, options)], 2)
    const features = tf.tensor4d([[[[1, 0], [0, 5], [1, 1], [0, 0]]]]) // prettier-ignore
    const diagonal = Math.SQRT1_2
    const expected = [1 - diagonal, 1 - diagonal, diagonal - 1, 0]
    prototypeActivation(features, matrix, options)
      .dataSync()
      .forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6))
  })
})

test('prototype-scores: the softmax is of the centres as they are', () => {
  const { input, expected } = parityCase<{
    input: { centers: number[][]; weight: number[][] }
    expected: number[][]
  }>('prototype-scores')
  const channels = input.weight[0]!.length
  const found = classProbabilities(
    Float32Array.from(input.centers.flat()),
    Float32Array.from(input.weight.flat()),
    channels,
  )
  found.forEach((row, k) => row.forEach((p, n) => expect(p).toBeCloseTo(expected[k]![n]!, 5)))
})

test('scaling a prototype changes nothing, nor does the order of prototypes', () => {
  const all = [true, true]
  const a = meanDirection(Float32Array.of(3, 4, 1, 0), all, 2)
  const b = meanDirection(Float32Array.of(10, 0, 0.3, 0.4), all, 2)
  expect([...a]).toEqual([0.8, 0.4].map(value => expect.closeTo(value, 6)))
  b.forEach((value, d) => expect(value).toBeCloseTo(a[d]!, 6))
})

test('no centre passes: the likeliest stands in', () => {
  expect(selectForeground([0.2, 0.5, 0.4], defaults)).toMatchObject({ selected: [false, true, false], topOne: true })
})

test('a centre of NaN is refused, the others are still chosen among', () => {
  expect(selectForeground([NaN, 0.5, 0.95], defaults)).toMatchObject({ selected: [false, false, true], rejected: 1 })
  expect(selectForeground([NaN, 0.5], defaults)).toMatchObject({ selected: [false, true], topOne: true, rejected: 1 })
  expect(selectForeground([NaN, NaN], defaults)).toMatchObject({ selected: [false, false], rejected: 2 })
})

test('context is kept strictly between the two bounds', () => {
  expect(selectContext([0.05, 0.06, 0.89, 0.9], defaults).selected).toEqual([false, true, true, false])
})

test('a cell exactly at τ goes to neither side', () => {
  expect(splitCells(Float32Array.of(0.1, 0.25, 0.3), 0.25)).toEqual({ foreground: [2], context: [0] })
})

test('maps made elsewhere are sampled at the corners of the feature cells', () => {
  const scores = {
    keys: Int32Array.of(3),
    width: 4,
    height: 2,
    maps: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7),
    photoWidth: 16,
    photoHeight: 8,
  }
  expect([...gridOf(scores, 3, { width: 2, height: 1 }, 'x')]).toEqual([0, 2])
  expect([...gridOf(scores, 1, { width: 2, height: 1 }, 'x')]).toEqual([0, 0])
})

test('a seed of another grid is refused, naming the photo and both grids', () => {
  const grid = { width: 1, height: 1, values: new Float32Array(1) }
  const scores = { keys: Int32Array.of(0), width: 1, height: 1, maps: new Float32Array(1), photoWidth: 4, photoHeight: 4, grid } // prettier-ignore
  expect(() => gridOf(scores, 0, { width: 2, height: 3 }, 'cat_7')).toThrow(/cat_7.*1×1.*2×3/)
})
