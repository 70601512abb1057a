import { expect, test } from 'vitest'
import { fromTorch, torchShape, toTorch, type WeightLayout } from './torchLayout'

const count = (n: number) => Float32Array.from({ length: n }, (_, i) => i)

test('a convolution’s [out, in, kh, kw] becomes [kh, kw, in, out]', () => {
  // torch's element (o, i, y, x) of [2, 3, 1, 2] is 6 o + 2 i + x.
  const ours = fromTorch(count(12), [1, 2, 3, 2], 'conv')
  expect([...ours]).toEqual([0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11])
  expect(torchShape([1, 2, 3, 2], 'conv')).toEqual([2, 3, 1, 2])
})

test('a depthwise [c, 1, kh, kw] becomes [kh, kw, c, 1]', () => {
  expect([...fromTorch(count(4), [1, 2, 2, 1], 'depthwise')]).toEqual([0, 2, 1, 3])
  expect(torchShape([5, 3, 7, 1], 'depthwise')).toEqual([7, 1, 5, 3])
})

test('a linear [out, in] becomes [in, out]', () => {
  expect([...fromTorch(count(6), [3, 2], 'linear')]).toEqual([0, 3, 1, 4, 2, 5])
})

test.each<readonly [WeightLayout, number[]]>([
  ['conv', [3, 2, 4, 5]],
  ['depthwise', [3, 2, 4, 1]],
  ['linear', [4, 6]],
  ['vector', [7]],
])('%s weights come back from torch as they went', (layout, shape) => {
  const values = count(shape.reduce((product, n) => product * n, 1))
  expect(fromTorch(toTorch(values, shape, layout), shape, layout)).toEqual(values)
})

test('a weight with the wrong number of axes is refused', () => {
  expect(() => torchShape([3, 3], 'conv')).toThrow('a conv weight has 4 axes, not [3, 3]')
})
