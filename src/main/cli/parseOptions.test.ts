import { expect, test } from 'vitest'
import { z } from 'zod'
import { listOf, parseOptions } from './parseOptions'

const schema = z.object({
  seed: z.int().min(0).default(666),
  cellWidth: z.int().min(16).optional(),
  name: z.string().optional(),
})

test('texts become what the schema asks for, and others are left alone', () => {
  expect(parseOptions(schema, { seed: '3', name: '007', json: true })).toEqual({ seed: 3, name: '007' })
  expect(parseOptions(schema, {})).toEqual({ seed: 666 })
})

test('a value out of bounds is refused by the name of its option', () => {
  expect(() => parseOptions(schema, { cellWidth: '3' })).toThrow('--cell-width must be ≥ 16, got 3.')
  expect(() => parseOptions(schema, { seed: 'many' })).toThrow('--seed must be a number, got "many".')
})

test('a list is what commas part', () => {
  expect(listOf('cat, dog,')).toEqual(['cat', 'dog'])
})
