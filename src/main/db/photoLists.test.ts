import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import type { ImageFilter, ImageSort } from '../../shared/contract/imageFilter'
import type { ImportedPhoto } from '../../shared/contract/import'
import { openDatabase } from './database'
import { migrate } from './migrate'
import { openProject } from './open'
import type { Project } from './open'
import { photosShowing } from './photoSets'

const truth = { blob: `ab${'0'.repeat(62)}.png`, pixels: { '0': 8, '2': 4 } }
let project: Project

function photo(stem: string, values: Partial<ImportedPhoto> = {}): ImportedPhoto {
  const file = { path: `/photos/${stem}.jpg`, width: 4, height: 3, bytes: 100, mtimeMs: 1, sha256: `hash of ${stem}` }
  return { stem, ...file, split: 'train', present: [], unknown: [], ...values }
}

beforeEach(() => {
  project = openProject(temporaryFolder(), { create: true })
  project.imports.store(
    ['cat', 'dog', 'cow'],
    [
      photo('e', { present: [0, 1], truth }),
      photo('d_1', { present: [0], split: 'val', width: 100, sha256: 'twin' }),
      photo('c%2', { present: [1, 2, 0], sha256: 'twin' }),
      photo('B', { unknown: [0] }),
      photo('a', { present: [2] }),
    ],
  )
})
afterEach(() => project.close())

function stems(filter: ImageFilter, sort: ImageSort = 'added'): string {
  return project.photos
    .page(project.photos.ids(filter, sort), { offset: 0, limit: 100 })
    .rows.map(({ stem }) => stem)
    .join(' ')
}

test('every part of a filter must hold', () => {
  expect(stems({ classes: [0] })).toBe('e d_1 c%2')
  expect(stems({ classes: [0, 1] })).toBe('e c%2')
  expect(stems({ classes: [0], without: [1] })).toBe('d_1')
  expect(stems({ classes: [0], split: 'train' })).toBe('e c%2')
  expect(stems({ classes: [77] })).toBe('')
  expect(stems({ among: [5, 2, 1_000_000] })).toBe('d_1 a')
  expect(stems({ among: [5, 2], classes: [0] })).toBe('d_1')
  expect(stems({ among: [] })).toBe('')
  expect(stems({ truth: true })).toBe('e')
  expect(stems({ truth: false, classes: [0] })).toBe('d_1 c%2')
  expect(stems({ review: 'unreviewed' })).toBe('e d_1 c%2 B a')
  expect(stems({ review: 'accepted' })).toBe('')
})

test('signs of a pattern in a name are letters', () => {
  expect(stems({ text: '%' })).toBe('c%2')
  expect(stems({ text: '_' })).toBe('d_1')
  expect(stems({ text: 'b' })).toBe('B')
  expect(stems({ text: `'; DROP TABLE image` })).toBe('')
})

test('problems: no label, the same bytes, corrected, file not found', () => {
  expect(stems({ problem: 'unlabelled' })).toBe('B')
  expect(stems({ problem: 'duplicate' })).toBe('d_1 c%2')
  expect(stems({ problem: 'corrected' })).toBe('')
  expect(stems({ problem: 'missing' })).toBe('')
  project.labels.correct(5, project.classes.list()[2]!.id, 'absent')
  project.photos.setMissing([1, 4])
  expect(stems({ problem: 'corrected' })).toBe('a')
  expect(stems({ problem: 'unlabelled' })).toBe('B a')
  expect(stems({ problem: 'missing' })).toBe('e B')
})

test('lists are ordered by name, pixels, labels, or as they came', () => {
  expect(stems({}, 'name')).toBe('B a c%2 d_1 e')
  expect(stems({}, 'size')).toBe('d_1 e c%2 B a')
  expect(stems({}, 'labels')).toBe('c%2 e d_1 a B')
})

test('pages join to the whole list, and a page behind the end is empty', () => {
  const { total, rows } = project.photos.page(project.photos.ids({}), { offset: 3, limit: 2 })
  expect([total, rows.map(({ stem }) => stem)]).toEqual([5, ['d_1', 'e']])
  expect(project.photos.page(project.photos.ids({}), { offset: 9, limit: 2 })).toEqual({ total: 5, rows: [] })
})

test('a row says what holds, who says so and what was given', () => {
  project.labels.correct(1, project.classes.list()[0]!.id, 'absent')
  expect(project.photos.rows([4, 99, 1])).toMatchObject([
    {
      id: 4,
      hasTruth: false,
      review: 'unreviewed',
      labels: [{ place: 0, state: 'unknown', source: 'given', given: 'unknown' }],
    },
    {
      id: 1,
      hash: 'hash of e',
      hasTruth: true,
      labels: [
        { place: 0, state: 'absent', source: 'corrected', given: 'present' },
        { place: 1, state: 'present', source: 'given', given: 'present' },
      ],
    },
  ])
})

test('a list that was kept follows every change of the dataset', () => {
  expect(stems({ classes: [2] })).toBe('c%2 a')
  project.labels.correct(1, project.classes.list()[2]!.id, 'present')
  expect(stems({ classes: [2] })).toBe('e c%2 a')
  project.imports.store(['cat', 'dog', 'cow'], [photo('f', { present: [2] })])
  expect(stems({ classes: [2] })).toBe('e c%2 a f')
})

test('photos that show a class are found by the index of present labels alone', () => {
  const database = openDatabase(':memory:', { readOnly: false })
  migrate(database, () => undefined)
  const plan = database.sqlite.prepare(`EXPLAIN QUERY PLAN ${photosShowing}`).all(1) as { detail: string }[]
  expect(plan.map(({ detail }) => detail).join('\n')).toContain('COVERING INDEX image_label_present')
  database.sqlite.close()
})
