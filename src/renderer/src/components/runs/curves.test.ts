import { expect, test } from 'vitest'
import { chartsOf, classPrecisions, trainingsOf, withPoints, type RunCurve } from './curves'

const curve = (name: string, ...values: number[]): RunCurve => ({
  step: 'classifier',
  name,
  points: values.map((value, at) => [at, value] as const),
})

test('curves are told apart by what they measure', () => {
  const charts = chartsOf([
    curve('loss', 1),
    curve('learning rate', 0.1),
    curve('mAP on training crops', 0.5),
    curve('mAP on training crops: cat', 0.6),
  ])
  expect(charts.loss.map(({ name }) => name)).toEqual(['loss'])
  expect(charts.precision.map(({ name }) => name)).toEqual(['mAP on training crops'])
  expect(charts.perClass.map(({ name }) => name)).toEqual(['mAP on training crops: cat'])
  expect(charts.rest.map(({ name }) => name)).toEqual(['learning rate'])
})

test('the APs of classes are those on unseen photos, the worst first, whatever the classes are called', () => {
  const found = classPrecisions(
    [curve('mAP on training crops', 0.9), curve('mAP on training crops: cat', 0.9)],
    [
      { step: 'classifier', name: 'mAP on unseen photos', value: 0.7 },
      { step: 'classifier', name: 'mAP on unseen photos: cat', value: 0.8 },
      { step: 'classifier', name: 'mAP on unseen photos: dog: wet', value: 0.6 },
    ],
    ['cat', 'dog: wet'],
  )
  expect(found).toEqual({
    of: 'mAP on unseen photos',
    mean: 0.7,
    rows: [
      { name: 'dog: wet', place: 1, value: 0.6 },
      { name: 'cat', place: 0, value: 0.8 },
    ],
  })
})

test('steps that train are told in the order of the run', () => {
  const of = (step: string, ...values: number[]) => ({ ...curve('loss', ...values), step })
  const curves = [of('deeplab', 3), of('irn'), of('classifier', 1), { ...of('cam', 1), name: 'photos' }]
  expect(trainingsOf(curves, ['classifier', 'cam', 'irn', 'deeplab'])).toEqual(['classifier', 'deeplab'])
})

test('new points go to the end, and one that is told again takes the old one’s place', () => {
  const point = (at: number, value: number) => ({ step: 'classifier', name: 'loss', at, value })
  const once = withPoints([curve('loss', 3, 2)], [point(2, 1)])
  expect(once[0]!.points).toEqual([
    [0, 3],
    [1, 2],
    [2, 1],
  ])
  expect(withPoints(once, [point(1, 9)])[0]!.points).toEqual([
    [0, 3],
    [1, 9],
    [2, 1],
  ])
  expect(withPoints([], [point(0, 5)])[0]!.points).toEqual([[0, 5]])
})
