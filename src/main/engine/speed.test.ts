import { expect, test } from 'vitest'
import { testEngine } from '../../../tests/helpers/engine'
import { memoryUse } from './memory'
import { estimateSeeds, measureSpeed } from './speed'

test('timing a convolution leaves no tensor behind', () => {
  const { binding } = testEngine()
  const before = binding.getNumOfTensors()
  const { gigaflops, milliseconds } = measureSpeed(testEngine(), 1)
  expect(binding.getNumOfTensors()).toBe(before)
  // 2 · 8 · 64² · 9 · 128² = 9,663,676,416 operations
  expect(gigaflops * milliseconds * 1e6).toBeCloseTo(9_663_676_416, -3)
})

test('a machine twice as fast needs half the time, and twice the photos twice', () => {
  const slow = estimateSeeds(1000, { gigaflops: 50 })
  expect(estimateSeeds(1000, { gigaflops: 100 })).toBeCloseTo(slow / 2, 6)
  expect(estimateSeeds(2000, { gigaflops: 50 })).toBeCloseTo(slow * 2, 6)
})

test('tells the memory of the process and of the tensors it holds', () => {
  const { tf, binding } = testEngine()
  binding.resetPeak()
  const before = memoryUse(binding).tensors
  const x = tf.tidy(() => tf.ones([1000, 1000]).relu()) // tfjs uploads values only when an operation asks for them
  const { process, peakProcess, tensors, peakTensors } = memoryUse(binding)
  x.dispose()
  expect(tensors - before).toBe(4_000_000)
  expect(peakTensors).toBeGreaterThanOrEqual(tensors)
  expect(peakProcess).toBeGreaterThanOrEqual(process)
  expect(memoryUse().tensors).toBe(0)
})
