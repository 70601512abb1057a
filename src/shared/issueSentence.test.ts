import { expect, test } from 'vitest'
import { z } from 'zod'
import { issueSentence } from './issueSentence'

const schema = z.strictObject({
  tau: z.number().min(0).max(1).optional(),
  clusters: z.int().positive().optional(),
  scales: z.array(z.number().positive()).min(1).optional(),
  train: z.enum(['head', 'all']).optional(),
  size: z.number().multipleOf(16).optional(),
  flip: z.boolean().optional(),
  threshold: z.union([z.number(), z.literal('best-on-truth')]).optional(),
})

test.each([
  [{ tau: 3 }, 'lpcam.tau must be ≤ 1, got 3'],
  [{ tau: NaN }, 'lpcam.tau must be a number, got NaN'],
  [{ clusters: 1.5 }, 'lpcam.clusters must be a whole number, got 1.5'],
  [{ clusters: 0 }, 'lpcam.clusters must be > 0, got 0'],
  [{ scales: [] }, 'lpcam.scales must be a list of ≥ 1 items, got []'],
  [{ scales: [1, -1] }, 'lpcam.scales.1 must be > 0, got -1'],
  [{ train: 'none' }, 'lpcam.train must be one of "head", "all", got "none"'],
  [{ size: 5 }, 'lpcam.size must be a multiple of 16, got 5'],
  [{ flip: 'yes' }, 'lpcam.flip must be true or false, got "yes"'],
  [{ threshold: 'best' }, 'lpcam.threshold must be a number or "best-on-truth", got "best"'],
  [{ tua: 1 }, 'lpcam has no "tua"'],
])('%j is refused in the words of the schema', (input, sentence) => {
  const parsed = schema.safeParse(input)
  expect(issueSentence(parsed.error!.issues[0]!, input, 'lpcam')).toBe(sentence)
})

test('a key that is left out is said to be missing', () => {
  const parsed = z.object({ steps: z.array(z.string()) }).safeParse({})
  expect(issueSentence(parsed.error!.issues[0]!, {}, '')).toBe('steps is missing: it must be a list')
  const whole = z.object({}).safeParse('recipe')
  expect(issueSentence(whole.error!.issues[0]!, 'recipe', '')).toBe('it must be a group of keys, got "recipe"')
})
