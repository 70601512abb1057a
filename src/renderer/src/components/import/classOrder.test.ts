import { expect, test } from 'vitest'
import { moved, orderings, toggled } from './classOrder'

const given = (name: string, photos: number) => ({ name, photos, unknown: 0, chosen: true })

test('a class that is taken goes behind the others', () => {
  expect(toggled(['cat', 'dog'], 'cow')).toEqual(['cat', 'dog', 'cow'])
  expect(toggled(['cat', 'dog'], 'cat')).toEqual(['dog'])
})

test('a class is moved as far as there are places', () => {
  expect(moved(['cat', 'cow', 'dog'], 'dog', -1)).toEqual(['cat', 'dog', 'cow'])
  expect(moved(['cat', 'cow', 'dog'], 'cat', 9)).toEqual(['cow', 'dog', 'cat'])
  expect(moved(['cat', 'cow'], 'cat', -1)).toEqual(['cat', 'cow'])
  expect(moved(['cat', 'cow'], 'sheep', 1)).toEqual(['cat', 'cow'])
})

test('orders keep what was chosen', () => {
  const classes = [given('class 10', 5), given('class 9', 7), given('cow', 7), given('left', 99)]
  const chosen = ['cow', 'class 10', 'class 9']
  expect(orderings.byName(chosen)).toEqual(['class 9', 'class 10', 'cow'])
  expect(orderings.byCount(chosen, classes)).toEqual(['class 9', 'cow', 'class 10'])
  expect(orderings.asGiven(chosen, classes)).toEqual(['class 10', 'class 9', 'cow'])
})
