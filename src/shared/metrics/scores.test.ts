import { expect, test } from 'vitest'
import { parityCase } from '../../../tests/helpers/parity'
import { addConfusion, confusion } from './confusion'
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
