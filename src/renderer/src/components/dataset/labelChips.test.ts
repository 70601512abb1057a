import { expect, test } from 'vitest'
import type { PhotoLabel } from '../../../../shared/contract/photos'
import { labelChips, shortened } from './labelChips'

const label = (place: number, values: Partial<PhotoLabel> = {}): PhotoLabel => ({
  ...{ place, state: 'present', source: 'given', given: 'present' },
  ...values,
})
const classes = ['cat', 'dog', 'a very long name']

test('classes that are absent are not shown, and what does not fit is counted', () => {
  const labels = [label(0), label(1, { state: 'absent' }), label(2), label(3)]
  expect(labelChips(labels, classes, 2, 9)).toEqual({
    chips: [{ place: 0, text: 'cat', unknown: false, corrected: false }],
    hidden: 2,
    names: 'cat, a very long name, 3',
  })
  expect(labelChips(labels, classes, 1, 9).chips).toHaveLength(1)
})

test('names are cut where they share a line; a name alone has all of it', () => {
  const texts = (labels: PhotoLabel[]) => labelChips(labels, classes, 4, 8).chips.map(({ text }) => text)
  expect(texts([label(2), label(0, { state: 'unknown', source: 'corrected' })])).toEqual(['a very…', 'cat?'])
  expect(texts([label(2)])).toEqual(['a very long name'])
})

test('letters of several signs are cut whole', () => {
  expect(shortened('👩‍🌾👩‍🌾👩‍🌾', 3)).toBe('👩‍🌾👩‍🌾👩‍🌾')
  expect(shortened('👩‍🌾👩‍🌾👩‍🌾👩‍🌾', 3)).toBe('👩‍🌾👩‍🌾…')
})
