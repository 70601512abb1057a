import { expect, test } from 'vitest'
import type { ReviewPhoto } from '../../../../../shared/contract/review'
import { replacementsOf, UnopenedMask } from './unopenedMask'

const version = (number: number, blob: string) =>
  ({ version: number, blob, reason: 'saved', restored: null, createdAt: number, origin: null }) as const
const facts = {
  mask: {
    blob: 'c',
    version: 3,
    state: 'edited',
    edited: true,
    origin: { run: 1, step: 'masks', blob: 'a' },
    originKnown: true,
  },
  versions: [version(3, 'c'), version(2, 'b'), version(1, 'c')],
} as unknown as ReviewPhoto

const unopened = (damaged: 'mask' | 'strokes', of = facts) =>
  replacementsOf(new UnopenedMask('FILE_UNREADABLE', 'damaged', of, damaged, undefined)).map(row => row.version)

test('a damaged label map gives way to every version that is another file, and to the run’s mask', () => {
  expect(unopened('mask')).toEqual([2, 0])
})

test('damaged strokes leave every saved version to go back to', () => {
  expect(unopened('strokes')).toEqual([3, 2, 1, 0])
})

test('nothing is offered where the run’s own mask is the damaged one', () => {
  const untouched = { ...facts, mask: { ...facts.mask, version: 0, blob: 'a' }, versions: [] }
  expect(unopened('mask', untouched)).toEqual([])
  expect(unopened('strokes', untouched)).toEqual([0])
})
