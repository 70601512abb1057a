import { expect, test } from 'vitest'
import { ceilPadding, paddingFor } from './padding'

const window = (kernel: number, stride: number, dilation = 1) => ({ kernel, stride, dilation })

test('symmetric padding is torchvision’s: 3 for 7×7, 1 for 3×3, none for 1×1, 2 for a 3×3 dilated by 2', () => {
  const top = (kernel: number, dilation = 1) => paddingFor('symmetric', window(kernel, 2, dilation), 10, 10).top
  expect([top(7), top(3), top(1), top(3, 2)]).toEqual([3, 1, 0, 2])
})

test('tf-same puts the odd pixel right and bottom, and depends on the size', () => {
  expect(paddingFor('tf-same', window(3, 2), 8, 7)).toEqual({ top: 0, bottom: 1, left: 1, right: 1 })
  expect(paddingFor('tf-same', window(5, 2), 8, 7)).toEqual({ top: 1, bottom: 2, left: 2, right: 2 })
  expect(paddingFor('tf-same', window(5, 1, 2), 8, 7)).toEqual({ top: 4, bottom: 4, left: 4, right: 4 })
  expect(paddingFor('tf-same', window(1, 2), 8, 8)).toEqual({ top: 0, bottom: 0, left: 0, right: 0 })
})

test('none pads nothing', () => {
  expect(paddingFor('none', window(3, 2), 8, 7)).toEqual({ top: 0, bottom: 0, left: 0, right: 0 })
})

test('ceil mode completes the last window, but never begins one in the padding after the end', () => {
  expect(ceilPadding({ before: 1, after: 1 }, { kernel: 3, stride: 2 }, 10)).toBe(1) // 5 → 6 windows
  expect(ceilPadding({ before: 1, after: 1 }, { kernel: 3, stride: 2 }, 9)).toBe(0)
  expect(ceilPadding({ before: 1, after: 1 }, { kernel: 2, stride: 2 }, 5)).toBe(0) // torch gives 3 windows, not 4
})
