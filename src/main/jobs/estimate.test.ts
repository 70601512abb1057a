import { expect, test } from 'vitest'
import { Estimate } from './estimate'

test('a steady pace is foretold exactly', () => {
  const estimate = new Estimate()
  let eta: number | null = null
  for (let done = 0; done <= 40; done++) eta = estimate.update('features', done, 100, done * 250)
  expect(eta).toBeCloseTo(60 * 250, 6)
})

test('nothing is said in the first moments, nor before anything is done', () => {
  const estimate = new Estimate()
  expect(estimate.update('features', 0, 100, 0)).toBeNull()
  expect(estimate.update('features', 5, 100, 500)).toBeNull()
  const idle = new Estimate()
  idle.update('features', 0, 100, 0)
  expect(idle.update('features', 0, 100, 60_000)).toBeNull()
})

test('a slow-down is noticed: after a minute at a quarter of the pace the old one is forgotten', () => {
  const estimate = new Estimate()
  for (let done = 0; done <= 100; done++) estimate.update('features', done, 1000, done * 100)
  let eta: number | null = null
  for (let i = 1; i <= 150; i++) eta = estimate.update('features', 100 + i, 1000, 10_000 + i * 400)
  expect(eta! / (750 * 400)).toBeGreaterThan(0.9)
  expect(eta! / (750 * 400)).toBeLessThan(1.1)
})

test('another stage begins anew, and an end takes no time', () => {
  const estimate = new Estimate()
  for (let done = 0; done <= 100; done++) estimate.update('features', done, 100, done * 100)
  expect(estimate.update('features', 100, 100, 10_000)).toBe(0)
  expect(estimate.update('maps', 0, 50, 10_100)).toBeNull()
})
