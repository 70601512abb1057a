import { expect, test } from 'vitest'
import { chosenNames, chosenPlaces, draftQuery, readDraft, withPath } from './importAddress'

test('what a person said stands in the address and is read from it again', () => {
  const query = { step: 'mapping', path: '/photos/<img onerror>', format: 'voc', split: 'train' }
  const draft = readDraft(query, 'place')
  expect(draft).toMatchObject({ ...query, parent: '', classes: '' })
  expect(draftQuery(draft)).toEqual(query)
})

test('an address of another kind begins at the first step', () => {
  expect(readDraft({ step: 'nowhere', path: ['a', 'b'] }, 'source')).toMatchObject({ step: 'source', path: '' })
})

test('another dataset takes nothing over of what was said of the one before', () => {
  const said = { images: '/a/photos', labels: '/a/l.csv', masks: '/a/masks', split: 'train', difficult: 'leave-out' }
  const draft = readDraft({ path: '/a', name: 'pets', ...said, crowd: 'x', names: 'cat', classes: '0' }, 'source')
  expect(draftQuery({ ...draft, ...withPath(draft, '/b') })).toEqual({ step: 'source', path: '/b', name: 'pets' })
  expect({ ...draft, ...withPath(draft, '/a') }).toEqual(draft)
})

test('chosen classes travel as places of the source, and all of them as nothing', () => {
  const source = ['aeroplane', 'cat', 'dog']
  expect(chosenPlaces(['dog', 'aeroplane'], source)).toBe('2.0')
  expect(chosenNames('2.0', source)).toEqual(['dog', 'aeroplane'])
  expect(chosenPlaces(source, source)).toBe('')
  expect(chosenNames('', source)).toBeUndefined()
  expect(chosenNames('9.x.1', source)).toEqual(['cat'])
})
