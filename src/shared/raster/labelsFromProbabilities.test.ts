import { expect, test } from 'vitest'
import { likeliestLabels } from '../crf/denseCrf'
import { labelsFromProbabilities } from './labelsFromProbabilities'
import { resizeBilinear } from './resizeBilinear'

test('every pixel takes the label of its largest plane after the resize, the first of equals', () => {
  // Three labels on 1 × 2: the second wins left, the third right; at 1 × 4 the planes are 1, ¾, ¼, 0 of their ends.
  const planes = Float32Array.of(0.5, 0.5, 1, 0, 0, 1)
  const grid = { labels: 3, width: 2, height: 1, planes }
  expect([...labelsFromProbabilities(grid, { width: 2, height: 1 })]).toEqual([1, 2])
  expect([...labelsFromProbabilities(grid, { width: 4, height: 1 })]).toEqual([1, 1, 2, 2])
  const equal = { ...grid, planes: new Float32Array(6) }
  expect([...labelsFromProbabilities(equal, { width: 2, height: 1 })]).toEqual([0, 0])
})

test.each([
  { width: 7, height: 5 },
  { width: 16, height: 11 },
  { width: 3, height: 9 },
])('row by row it gives the very labels that enlarging all planes at once gives, at %o', photo => {
  const [labels, width, height] = [4, 7, 5]
  // Few steps, so that many pixels have two largest planes.
  const planes = Float32Array.from({ length: labels * width * height }, (_, i) => ((7919 * i + 13) % 1009) % 5)
  const enlarged = resizeBilinear(planes, labels, { width, height }, photo)
  expect(labelsFromProbabilities({ labels, width, height, planes }, photo)).toEqual(likeliestLabels(enlarged, labels))
})
