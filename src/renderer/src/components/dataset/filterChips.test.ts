import { expect, test } from 'vitest'
import { allFilterChips, filterChips, withClass } from './filterChips'

test('a class is chosen alone, with others, or left out, and a second click takes it back', () => {
  expect(withClass({ split: 'train' }, 2, 'only')).toEqual({ split: 'train', classes: [2] })
  expect(withClass({ classes: [2] }, 2, 'only')).toEqual({})
  expect(withClass({ classes: [2] }, 3, 'only')).toEqual({ classes: [3] })
  expect(withClass({ classes: [2] }, 3, 'also')).toEqual({ classes: [2, 3] })
  expect(withClass({ classes: [2, 3] }, 3, 'also')).toEqual({ classes: [2] })
  expect(withClass({ classes: [2, 3] }, 3, 'without')).toEqual({ classes: [2], without: [3] })
  expect(withClass({ without: [3] }, 3, 'without')).toEqual({})
  expect(withClass({ without: [3] }, 3, 'only')).toEqual({ classes: [3] })
})

test('each chip leaves a filter without it; split and truth have none', () => {
  const filter = { text: 'x', problem: 'duplicate', split: 'val', truth: true } as const
  const chips = filterChips({ ...filter, classes: [0], without: [1], among: [4, 9] }, ['cat', 'dog'])
  expect(chips.map(({ text }) => text)).toEqual(['cat', 'without dog', '2 chosen photos', 'name has “x”', 'same bytes'])
  expect(chips[1]!.rest).toEqual({ ...filter, classes: [0], among: [4, 9] })
  const all = allFilterChips({ classes: [0], split: 'val', truth: false }, ['cat'])
  expect(all.map(({ text }) => text)).toEqual(['cat', 'split val', 'without truth'])
  expect(all[2]!.rest).toEqual({ classes: [0], split: 'val' })
})
