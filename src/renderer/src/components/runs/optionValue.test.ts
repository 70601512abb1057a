import { expect, test } from 'vitest'
import type { OptionField } from '../../../../shared/contract/recipeForm'
import { isSameValue, optionFacts, parseOption } from './optionValue'

const field = (given: Partial<OptionField>): OptionField => ({
  key: 'option',
  control: 'number',
  nullable: false,
  reason: '',
  main: true,
  ...given,
})

test('numbers, words beside numbers and lists are read as the schema takes them', () => {
  expect(parseOption(field({}), ' 0.25 ')).toBe(0.25)
  expect(parseOption(field({ control: 'mixed' }), 'auto')).toBe('auto')
  expect(parseOption(field({ control: 'mixed' }), '0.4')).toBe(0.4)
  expect(parseOption(field({ control: 'numbers' }), '1, 0.5;2')).toEqual([1, 0.5, 2])
  expect(parseOption(field({ control: 'texts' }), 'cat, dog')).toEqual(['cat', 'dog'])
})

test('what is no number stays a text, for the check to speak of', () => {
  expect(parseOption(field({}), 'many')).toBe('many')
})

test('an empty field is null where that is allowed, else the default', () => {
  expect(parseOption(field({ nullable: true }), '')).toBeNull()
  expect(parseOption(field({}), '')).toBeUndefined()
})

test('default, bounds and unit are told in one line', () => {
  expect(optionFacts(field({ default: 320, minimum: 32, maximum: 4096, unit: 'px' }))).toBe(
    'Default 320 px · ≥ 32, ≤ 4096 px',
  )
  expect(optionFacts(field({ default: 0.1, minimum: 0, exclusiveMinimum: true }))).toBe('Default 0.1 · > 0')
})

test('lists with the same items are the same value', () => {
  expect(isSameValue([1, 0.5], [1, 0.5])).toBe(true)
  expect(isSameValue(undefined, null)).toBe(true)
})
