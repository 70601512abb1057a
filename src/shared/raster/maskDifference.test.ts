import { expect, test } from 'vitest'
import { differences, maskDifference } from './maskDifference'

const kindsOf = (truth: number[], first: number[], second: number[], label?: number) =>
  [...maskDifference(Uint8Array.from(truth), Uint8Array.from(first), Uint8Array.from(second), label).kinds].map(
    kind => differences[kind],
  )

test('every label: what was gained and lost, what is wrong in both, and void', () => {
  expect(kindsOf([0, 1, 1, 2, 255, 0], [0, 0, 1, 1, 1, 2], [0, 1, 2, 0, 0, 255])).toEqual([
    'right',
    'gained',
    'lost',
    'extra',
    'void',
    'gained',
  ])
})

test('one label: only whether it is there counts', () => {
  // dog taken for ox in one and for background in the other is no matter of cat's
  expect(kindsOf([2, 1, 0, 1, 0], [3, 0, 1, 1, 0], [0, 0, 1, 0, 1], 1)).toEqual([
    'right',
    'missed',
    'extra',
    'lost',
    'lost',
  ])
})

test('one mask with itself shows its mistakes', () => {
  expect(kindsOf([1, 1, 0, 0], [1, 0, 1, 0], [1, 0, 1, 0], 1)).toEqual(['right', 'missed', 'extra', 'right'])
})

test('kinds are counted', () => {
  const mask = Uint8Array.of(1, 0, 1, 0)
  expect(maskDifference(Uint8Array.of(1, 1, 0, 255), mask, mask, 1).counts).toEqual([1, 1, 1, 1, 0, 0])
})

test('masks of another size are refused', () => {
  const mask = new Uint8Array(4)
  expect(() => maskDifference(mask, mask, new Uint8Array(3), 1)).toThrow('4 and 3 pixels do not lie on a truth of 4')
})
