import { expect, test } from 'vitest'
import { z } from 'zod'
import { methods } from '../methods/index'
import { methodForm, optionFields } from './optionFields'

function field(schema: z.ZodType) {
  return optionFields(z.object({ option: schema }))[0]
}

test('a whole number has its bounds, its default, its unit and its reason', () => {
  expect(field(z.number().int().min(32).max(4096).default(320).describe('Longest side.').meta({ unit: 'px' }))).toEqual(
    {
      key: 'option',
      control: 'integer',
      nullable: false,
      default: 320,
      minimum: 32,
      maximum: 4096,
      unit: 'px',
      reason: 'Longest side.',
      main: true,
    },
  )
})

test('a number that may be null says so and keeps its bounds', () => {
  expect(field(z.number().min(0).nullable().default(null))).toMatchObject({
    control: 'number',
    nullable: true,
    default: null,
    minimum: 0,
  })
})

test('a positive number is one above 0', () => {
  expect(field(z.number().positive().default(1))).toMatchObject({ minimum: 0, exclusiveMinimum: true })
})

test('words, switches and a number beside words each have their control', () => {
  expect(field(z.enum(['a', 'b']).default('a'))).toMatchObject({ control: 'choice', choices: ['a', 'b'] })
  expect(field(z.boolean().default(true))).toMatchObject({ control: 'switch', default: true })
  expect(field(z.union([z.number().max(1), z.literal('auto')]).default('auto'))).toMatchObject({
    control: 'mixed',
    choices: ['auto'],
    maximum: 1,
  })
})

test('lists know how many items they take and between which bounds each lies', () => {
  expect(field(z.array(z.number().min(0.1).max(8)).min(1).max(4).default([1]))).toMatchObject({
    control: 'numbers',
    items: { minimum: 1, maximum: 4 },
    minimum: 0.1,
    maximum: 8,
  })
  expect(field(z.tuple([z.number().int(), z.number().int()]).default([1, 2]))).toMatchObject({
    control: 'numbers',
    items: { minimum: 2, maximum: 2 },
  })
  expect(field(z.array(z.string()).optional())).toMatchObject({ control: 'texts' })
})

test.each([...methods.values()])(
  '$id: every option can be drawn, and its default is what an empty recipe means',
  method => {
    const { options } = methodForm(method)
    const parsed = method.options.parse({})
    for (const { key, reason, default: given } of options) {
      expect(reason).not.toBe('')
      expect(given).toEqual(parsed[key] === undefined ? undefined : (given as unknown))
      if (method.id !== 'import') expect(given).toEqual(parsed[key])
    }
  },
)

test('an option that takes older words too is drawn with today’s, and an input that may be missing is named', () => {
  const form = methodForm(methods.get('deeplab')!)
  expect(form).toMatchObject({ inputs: ['labels'], optionalInputs: ['labels'] })
  expect(form.options.find(({ key }) => key === 'corrections')).toMatchObject({
    control: 'choice',
    choices: ['ignore', 'prefer', 'only'],
    default: 'prefer',
  })
})
