import { expect, test } from 'vitest'
import { someNames } from './someNames'

test.each([
  [['ant'], 'ant'],
  [['ant', 'bee', 'cod'], 'ant, bee, cod'],
  [['ant', 'bee', 'cod', 'dog'], 'ant, bee and 2 more'],
])('of %j, two are named', (names, sentence) => {
  expect(someNames(names, 2)).toBe(sentence)
})
