import { afterEach, beforeEach, expect, test } from 'vitest'
import { tinyProject } from '../../../tests/helpers/tinyProject'
import type { LabelState } from '../../shared/contract/states'
import type { Project } from '../db/open'
import { LabelHistory } from './labelHistory'

let project: Project
let history: LabelHistory
// Photos 1 and 3 show the cat, 2 and 4 the dog.
const cat = () => ({ classId: project.classes.list()[0]!.id, place: 0 })

beforeEach(() => {
  project = tinyProject(4)
  history = new LabelHistory(project.labels)
})
afterEach(() => project.close())

function set(ids: number[], state: LabelState | null): number {
  return history.set(ids, cat(), state)
}

/** State and source of the cat in each photo. */
function cats(): string {
  return project.photos
    .rows([1, 2, 3, 4])
    .map(({ labels }) => labels.find(({ place }) => place === 0))
    .map(label => (label ? `${label.state}${label.source === 'corrected' ? '*' : ''}` : '-'))
    .join(' ')
}

test('many photos are corrected at once; those that say so already are left as given', () => {
  expect(cats()).toBe('present - present -')
  expect(set([1, 2, 3, 4], 'present')).toBe(2)
  expect(cats()).toBe('present present* present present*')
  expect(set([1, 2], 'absent')).toBe(2)
  expect(cats()).toBe('absent* - present present*')
  expect(set([1], 'unknown')).toBe(1)
  expect(set([1], null)).toBe(1)
  expect(cats()).toBe('present - present present*')
})

test('edits are taken back and made again in order, and the dataset hash with them', () => {
  const { hash } = project.dataset()
  set([1, 2], 'unknown')
  set([2, 3], 'absent')
  const edited = project.dataset().hash
  expect(edited).not.toBe(hash)
  expect(history.state).toEqual({ undo: { place: 0, state: 'absent', photos: 2 }, redo: null })
  history.undo()
  expect(cats()).toBe('unknown* unknown* present -')
  expect(history.undo()).toEqual({ place: 0, state: 'unknown', photos: 2 })
  expect(cats()).toBe('present - present -')
  expect(project.dataset().hash).toBe(hash)
  history.redo()
  history.redo()
  expect(project.dataset().hash).toBe(edited)
  expect(() => history.redo()).toThrow(/no edit of labels to make again/)
})

test('an edit after undo leaves nothing to make again', () => {
  set([1], 'absent')
  history.undo()
  set([2], 'present')
  expect(history.state.redo).toBeNull()
  history.undo()
  expect(() => history.undo()).toThrow(/no edit of labels left/)
})

test('an edit that changes nothing is no step', () => {
  expect(set([1, 3], 'present')).toBe(0)
  expect(set([2, 99], 'absent')).toBe(0)
  expect(set([1, 2], null)).toBe(0)
  expect(history.state.undo).toBeNull()
})

test('an import between edit and undo keeps its word', () => {
  set([1], 'absent')
  project.imports.store(
    ['cat', 'dog'],
    [
      {
        ...project.imports.known().get('photo-0')!,
        stem: 'photo-0',
        width: 4,
        height: 4,
        split: 'train',
        present: [1],
        unknown: [],
      },
    ],
  )
  expect(cats()).toBe('absent* - present -')
  history.undo()
  expect(cats()).toBe('- - present -')
})

test('classes of a selection are counted', () => {
  set([1, 2], 'unknown')
  expect(project.labels.summary([1, 2, 4])).toEqual([
    { place: 0, present: 0, unknown: 2, corrected: 2 },
    { place: 1, present: 2, unknown: 0, corrected: 0 },
  ])
})
