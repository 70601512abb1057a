import { expect, test } from 'vitest'
import { fuseMaps } from './fusion'

/** The threshold on the scores that stands for SFC's constant b (its make_cam.py): 2 M_c − M_0 > b. */
const thresholdFor = (constant: number) => (constant + 1) / 3

const one = Float32Array.of(0.9, 0.2, 0.1, 0.8) // background, then one class, of two places

test('a threshold on the scores is the constant that the background is raised by', () => {
  const threshold = thresholdFor(0.4)
  expect(threshold).toBeCloseTo(0.467, 3)
  // The code compares M_0 + .4 = 1.3, .6 with 2 M_c = .2, 1.6: background, then the class.
  const scores = fuseMaps({ classifier: one, prototype: one }, 1, { map: 'classifier', beta: 1 })
  expect([...scores].map(score => score > threshold)).toEqual([false, true])
})

test('the sum with β = 0 is the classifier’s map, with a very large β the prototypes’', () => {
  const planes = { classifier: one, prototype: Float32Array.of(0.3, 0.7, 0.6, 0.2) }
  const scores = (map: 'sum' | 'classifier' | 'prototype', beta: number) => [...fuseMaps(planes, 1, { map, beta })]
  expect(scores('sum', 0)).toEqual(scores('classifier', 1))
  scores('sum', 1e9).forEach((score, i) => expect(score).toBeCloseTo(scores('prototype', 1)[i]!, 6))
})

test('the order of classes at a place is that of the summed maps, and every constant gives the code’s labels', () => {
  const planes = {
    classifier: Float32Array.of(0.5, 0.1, 0.9, 0.2, 0.9, 0.4, 0.6, 0.3, 0.1), // three places: background, a, b
    prototype: Float32Array.of(0.4, 0.8, 0.2, 0.5, 0.6, 0.3, 0.7, 0.5, 0.9),
  }
  const scores = fuseMaps(planes, 2, { map: 'sum', beta: 0.7 })
  for (let constant = -0.2; constant <= 1.2; constant += 0.05)
    for (let p = 0; p < 3; p++) {
      const total = (plane: (k: number) => number, k: number) => plane(k * 3 + p)
      const classifier = (i: number) => planes.classifier[i]!
      const prototype = (i: number) => planes.prototype[i]!
      const background = total(classifier, 0) + constant + 0.7 * (total(prototype, 0) + constant)
      const classes = [1, 2].map(k => 2 * total(classifier, k) + 0.7 * 2 * total(prototype, k))
      const best = classes[1]! > classes[0]! ? 1 : 0
      const code = classes[best]! > background ? best + 1 : 0
      const ours = scores[3 + p]! > scores[p]! ? 1 : 0
      const found = scores[ours * 3 + p]! > thresholdFor(constant) ? ours + 1 : 0
      expect(found).toBe(code)
    }
})
