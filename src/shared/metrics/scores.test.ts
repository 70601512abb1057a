import { expect, test } from 'vitest'
import { parityCase } from '../../../tests/helpers/parity'
import { addConfusion, confusion, confusionCells } from './confusion'
import { scoreRulesSchema } from './scoreRules'
import { scoresFromConfusion } from './scores'

const { input, expected } = parityCase<{
  readonly input: { readonly gt: number[][]; readonly pred: number[][]; readonly nClasses: number }
  readonly expected: { readonly confusion: number[][] } & Record<string, number | number[]>
}>('metrics')
const matrix = confusion(Uint8Array.from(input.gt.flat()), Uint8Array.from(input.pred.flat()), input.nClasses - 1)

test('the confusion equals the reference: rows truth, columns prediction, void left out', () => {
  expect([...matrix]).toEqual(expected.confusion.flat())
})

test('every rate equals the reference', () => {
  const scores = scoresFromConfusion(matrix)
  const close = (name: string) => [expected[name]].flat().map(value => expect.closeTo(Number(value), 6))
  expect(scores.perClass.map(one => one.iou)).toEqual(close('iou'))
  expect(scores.perClass.map(one => one.falsePositive)).toEqual(close('fp'))
  expect(scores.perClass.map(one => one.falseNegative)).toEqual(close('fn'))
  expect(scores.perClass.map(one => one.precision)).toEqual(close('precision'))
  expect(scores.perClass.map(one => one.recall)).toEqual(close('recall'))
  expect([scores.meanIou.value]).toEqual(close('miou'))
  expect([scores.falsePositive.value]).toEqual(close('fpFgMean'))
  expect([scores.falseNegative.value]).toEqual(close('fnFgMean'))
  expect([scores.foregroundOnBackground]).toEqual(close('predFgOnBg'))
  expect(scores.recall.foreground.value).toBeCloseTo(0.75, 6)
})

test('a predicted void pixel is background', () => {
  expect([...confusion(Uint8Array.of(0, 1), Uint8Array.of(255, 255), 1)]).toEqual([1, 0, 1, 0])
})

test('a class that is nowhere is left out of the means and counted', () => {
  const scores = scoresFromConfusion(confusion(Uint8Array.of(0, 1, 1), Uint8Array.of(0, 1, 0), 2))
  expect(scores.perClass[2]).toMatchObject({ iou: null, precision: null, recall: null, falsePositive: null })
  expect(scores.meanIou).toEqual({ value: 0.5, undefinedClasses: 1 })
  expect(scores.precision.all).toEqual({ value: 0.75, undefinedClasses: 1 })
})

test('without a scored pixel nothing is defined', () => {
  const scores = scoresFromConfusion(confusion(Uint8Array.of(255), Uint8Array.of(1), 1))
  expect(scores.meanIou).toEqual({ value: null, undefinedClasses: 2 })
  expect(scores.foregroundOnBackground).toBeNull()
})

test('IoU, false positive and false negative rate of a class sum to 1', () => {
  for (const { iou, falsePositive, falseNegative } of scoresFromConfusion(matrix).perClass)
    expect(iou! + falsePositive! + falseNegative!).toBeCloseTo(1, 12)
})

test('photos add up', () => {
  const total = new Float64Array(9)
  addConfusion(total, matrix)
  addConfusion(total, matrix)
  expect([...total]).toEqual([...matrix].map(count => 2 * count))
  expect(() => addConfusion(total, new Float64Array(4))).toThrow('does not add')
})

test('labels outside the classes are refused by name', () => {
  expect(() => confusion(Uint8Array.of(3), Uint8Array.of(0), 2)).toThrow('label 3 in the truth')
  expect(() => confusion(Uint8Array.of(0), Uint8Array.of(7), 2)).toThrow('label 7 in the prediction')
  expect(() => confusion(Uint8Array.of(0, 0), Uint8Array.of(0), 2)).toThrow('2 pixels')
})

/** 4 × 4 pixels, two classes of which the second is only predicted: background 8 true, class 1 8 true. */
const truth44 = Uint8Array.of(0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1)
const masks44 = Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 1, 2, 1, 1, 1)
/** Background: 6 right, 8 true, 8 said. Class 1: 6 right, 8 true, 7 said. Class 2: none right, none true, 1 said. */
const matrix44 = confusion(truth44, masks44, 2)

test('4 × 4 pixels are counted as by hand', () => {
  expect([...matrix44]).toEqual([6, 1, 1, 2, 6, 0, 0, 0, 0])
})

test('a class that is only predicted counts as IoU 0 by the default average, and not at all by gt-present', () => {
  const defined = scoresFromConfusion(matrix44)
  expect(defined.perClass.map(({ iou }) => iou)).toEqual([6 / 10, 6 / 9, 0])
  expect(defined.meanIou).toEqual({ value: (6 / 10 + 6 / 9) / 3, undefinedClasses: 0 })
  const present = scoresFromConfusion(matrix44, scoreRulesSchema.parse({ averaging: 'gt-present' }))
  expect(present.meanIou).toEqual({ value: (6 / 10 + 6 / 9) / 2, undefinedClasses: 1 })
  expect(present.precision.foreground).toEqual({ value: 6 / 7, undefinedClasses: 1 })
  expect(present.falsePositive.value).toBeCloseTo(1 / 9, 12)
  expect(present.perClass).toEqual(defined.perClass)
})

test("SEAM's rates are shares of the pixels that are right, and undefined where none is", () => {
  const { perClass, falsePositive, falseNegative, meanIou } = scoresFromConfusion(
    matrix44,
    scoreRulesSchema.parse({ rates: 'seam' }),
  )
  expect(perClass.map(one => one.falsePositive)).toEqual([2 / 6, 1 / 6, null])
  expect(perClass.map(one => one.falseNegative)).toEqual([2 / 6, 2 / 6, null])
  expect(falsePositive).toEqual({ value: 1 / 6, undefinedClasses: 1 })
  expect(falseNegative).toEqual({ value: 2 / 6, undefinedClasses: 1 })
  expect(meanIou.value).toBeCloseTo((6 / 10 + 6 / 9) / 3, 12)
})

test('the cells of a confusion are those that are not 0', () => {
  expect(confusionCells(matrix44)).toEqual([
    { truth: 0, predicted: 0, pixels: 6 },
    { truth: 0, predicted: 1, pixels: 1 },
    { truth: 0, predicted: 2, pixels: 1 },
    { truth: 1, predicted: 0, pixels: 2 },
    { truth: 1, predicted: 1, pixels: 6 },
  ])
})
