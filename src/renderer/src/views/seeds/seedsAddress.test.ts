import { expect, test } from 'vitest'
import { choiceFromQuery, choiceToQuery, usualChoice, type SeedsChoice } from './seedsAddress'

test('what is as usual leaves no trace in the address', () => {
  expect(choiceToQuery(usualChoice)).toEqual({})
  expect(choiceFromQuery({})).toEqual(usualChoice)
})

test('everything that was chosen comes back from the address', () => {
  const choice: SeedsChoice = {
    left: { kind: 'step', run: 12, step: 'lpcam: again' },
    right: { kind: 'edges', run: 3, step: 'irn' },
    chosenClass: 7,
    threshold: 0.43,
    show: 'mask',
    opacity: 0.35,
    colours: 'magma',
    cells: true,
    lines: false,
    ownScale: true,
    divider: 0.25,
    below: 'lab',
  }
  expect(choiceFromQuery(choiceToQuery(choice))).toEqual(choice)
  expect(choiceToQuery(choice)).toMatchObject({
    run: '12',
    step: 'lpcam: again',
    b: 'edges:3:irn',
    t: '0.43',
    class: '7',
  })
})

test('the edges of a step are another layer than its maps', () => {
  const left = { kind: 'edges', run: 12, step: 'irn' } as const
  const query = choiceToQuery({ ...usualChoice, left })
  expect(query).toEqual({ layer: 'edges', run: '12', step: 'irn' })
  expect(choiceFromQuery(query).left).toEqual(left)
})

test('an address typed by hand breaks nothing', () => {
  const query = {
    run: '-1',
    step: 'x',
    b: '9',
    class: 'cat',
    t: '7',
    o: '',
    map: 'grey',
    wipe: ['0.1'],
    layer: 'truth',
  }
  expect(choiceFromQuery(query)).toEqual(usualChoice)
})
