import { expect, test } from 'vitest'
import { floatToHalf, halfToFloat } from './half'

const one = (value: number): number => floatToHalf(Float32Array.of(value))[0]!
const back = (pattern: number): number => halfToFloat(Uint16Array.of(pattern))[0]!

/** All patterns of non-negative finite halves, 0 … 65504, ascending. */
const finite = Array.from({ length: 0x7c00 }, (_, pattern) => pattern)

// Values: struct.unpack('<e', …) of Python.
test.each([
  [0x0001, 5.960464477539063e-8],
  [0x03ff, 6.097555160522461e-5],
  [0x0400, 6.103515625e-5],
  [0x3555, 0.333251953125],
  [0x7bff, 65504],
  [0x7c00, Infinity],
  [0xfc00, -Infinity],
  [0x8000, -0],
])('the pattern %i is %f', (pattern, value) => {
  expect(back(pattern)).toBe(value)
  expect(one(value)).toBe(pattern)
})

test('every pattern survives the way to a float and back', () => {
  const patterns = Uint16Array.from({ length: 0x10000 }, (_, i) => i).filter(pattern => !Number.isNaN(back(pattern)))
  expect(patterns.length).toBe(0x10000 - 2 * 1023)
  expect(floatToHalf(halfToFloat(patterns))).toEqual(patterns)
})

test('halfway between two halves the even one is taken, beside it the nearer one', () => {
  const lower = finite.slice(0, -1)
  const values = halfToFloat(Uint16Array.from(finite))
  const middle = Float32Array.from(lower, pattern => (values[pattern]! + values[pattern + 1]!) / 2) // exact: one bit more
  const even = Uint16Array.from(lower, pattern => pattern + (pattern % 2))
  expect(floatToHalf(middle)).toEqual(even)
  expect(floatToHalf(middle.map(value => nextFloat(value, -1)))).toEqual(Uint16Array.from(lower))
  expect(floatToHalf(middle.map(value => nextFloat(value, 1)))).toEqual(Uint16Array.from(lower, pattern => pattern + 1))
  expect(floatToHalf(middle.map(value => -value))).toEqual(even.map(pattern => pattern | 0x8000))
})

test('from 65520 on, halfway to the next power of two, a value is infinite', () => {
  expect(one(nextFloat(65520, -1))).toBe(0x7bff)
  expect(one(65520)).toBe(0x7c00)
  expect(one(3e38)).toBe(0x7c00)
  expect(one(-65520)).toBe(0xfc00)
})

test('what is too small becomes zero and keeps its sign', () => {
  expect(one(2 ** -25)).toBe(0)
  expect(one(-(2 ** -26))).toBe(0x8000)
  expect(one(1e-45)).toBe(0)
})

test('NaN stays NaN, whatever its bits', () => {
  const odd = new Float32Array(Uint32Array.of(0x7f800001, 0xffc00000, 0x7fffffff).buffer)
  expect([...halfToFloat(floatToHalf(odd))]).toEqual([NaN, NaN, NaN])
})

/** The next float32 up or down from a positive one. */
function nextFloat(value: number, step: 1 | -1): number {
  const pattern = new Uint32Array(Float32Array.of(value).buffer)
  return new Float32Array(Uint32Array.of(pattern[0]! + step).buffer)[0]!
}
