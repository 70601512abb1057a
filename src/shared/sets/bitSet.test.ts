import { expect, test } from 'vitest'
import { xorshift } from '../../../tests/helpers/fuzz'
import { bitSetOf, countBits, countCommon, difference, forEachBit, hasBit, intersection, union } from './bitSet'
import { countPairs } from './countPairs'

const length = 100
const random = xorshift(7)
const rounds = 50

/** Some numbers below `length`, in no order: none to nearly all of them. */
function someNumbers(): number[] {
  const share = random() % 11
  return Array.from({ length }, (_, i) => (i * 37) % length).filter(() => random() % 10 < share)
}

function listed(set: ReturnType<typeof bitSetOf>): number[] {
  const list: number[] = []
  forEachBit(set, number => list.push(number))
  return list
}

const ascending = (numbers: Iterable<number>) => [...numbers].sort((left, right) => left - right)

test('a set of bits has what a list has', () => {
  for (let round = 0; round < rounds; round++) {
    const list = someNumbers()
    const set = bitSetOf(list, length)
    expect(listed(set)).toEqual(ascending(list))
    expect(countBits(set)).toBe(list.length)
    expect(Array.from({ length }, (_, i) => hasBit(set, i))).toEqual(Array.from({ length }, (_, i) => list.includes(i)))
  }
})

test('two sets meet as two lists do', () => {
  for (let round = 0; round < rounds; round++) {
    const [left, right] = [someNumbers(), someNumbers()]
    const [first, second] = [bitSetOf(left, length), bitSetOf(right, length)]
    const both = left.filter(number => right.includes(number))
    expect(listed(intersection(first, second))).toEqual(ascending(both))
    expect(countCommon(first, second)).toBe(both.length)
    expect(listed(difference(first, second))).toEqual(ascending(left.filter(number => !right.includes(number))))
    expect(listed(union([first, second], length))).toEqual(ascending(new Set([...left, ...right])))
  }
})

test('pairs are counted as sets that meet', () => {
  const sets = Array.from({ length: 6 }, () => bitSetOf(someNumbers(), length))
  expect(countPairs(sets, length)).toEqual(sets.flatMap(first => sets.map(second => countCommon(first, second))))
})

test('the last bit of a word is a number like any other', () => {
  const set = bitSetOf([31, 32, 63], 64)
  expect([countBits(set), hasBit(set, 31), hasBit(set, 33), listed(set)]).toEqual([3, true, false, [31, 32, 63]])
})
