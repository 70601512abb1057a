import fc from 'fast-check'
import { expect, test } from 'vitest'
import { copyStrided } from './stridedCopy'

test('a matrix of 2 × 3 by columns', () => {
  const stored = Float32Array.of(1, 4, 2, 5, 3, 6)
  expect(copyStrided(stored, 0, [2, 3], [1, 2])).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6))
})

test('a part that begins later, a number, nothing, and one element repeated by a stride of 0', () => {
  const stored = Int16Array.of(9, 8, 7, 6)
  expect(copyStrided(stored, 1, [3], [1])).toEqual(Int16Array.of(8, 7, 6))
  expect(copyStrided(stored, 2, [], [])).toEqual(Int16Array.of(7))
  expect(copyStrided(stored, 0, [2, 0], [1, 1])).toEqual(new Int16Array(0))
  expect(copyStrided(stored, 3, [2, 2], [0, 0])).toEqual(Int16Array.of(6, 6, 6, 6))
})

test('every order of the axes gives each index its element', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 })
  const layout = sizes.chain(shape =>
    fc.record({
      shape: fc.constant(shape),
      order: fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }),
    }),
  )
  fc.assert(
    fc.property(layout, ({ shape, order }) => {
      const strides = new Array<number>(shape.length).fill(0)
      let elements = 1
      for (const axis of order) {
        strides[axis] = elements
        elements *= shape[axis]!
      }
      const stored = Float64Array.from({ length: elements }, (_, i) => i)
      const indices = shape.reduce<number[][]>(
        (all, size) => all.flatMap(index => Array.from({ length: size }, (_, i) => [...index, i])),
        [[]],
      )
      const expected = indices.map(index => index.reduce((sum, at, axis) => sum + at * strides[axis]!, 0))
      expect([...copyStrided(stored, 0, shape, strides)]).toEqual(expected)
    }),
  )
})
