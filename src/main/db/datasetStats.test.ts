import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import type { ImportedPhoto } from '../../shared/contract/import'
import { openProject } from './open'
import type { Project } from './open'

let project: Project

function photo(stem: string, present: number[], values: Partial<ImportedPhoto> = {}): ImportedPhoto {
  const file = { path: `/photos/${stem}.jpg`, width: 4, height: 3, bytes: 100, mtimeMs: 1, sha256: `hash of ${stem}` }
  return { stem, ...file, split: 'train', present, unknown: [], ...values }
}

function truth(pixels: Readonly<Record<string, number>>) {
  return { blob: `ab${'0'.repeat(62)}.png`, pixels }
}

beforeEach(() => {
  project = openProject(temporaryFolder(), { create: true })
  project.imports.store(
    ['cat', 'dog', 'cow'],
    [
      photo('a', [0, 1], { truth: truth({ '0': 5, '1': 3, '2': 4 }) }),
      photo('b', [0, 1, 2], { truth: truth({ '0': 6, '1': 2, '255': 4 }), split: 'val' }),
      photo('c', [0], { sha256: 'hash of a' }),
      photo('d', []),
    ],
  )
})
afterEach(() => project.close())

test('classes are counted in photos and in pixels of the truth', () => {
  expect(project.stats.classes()).toEqual({
    photos: 4,
    truths: 2,
    gini: expect.closeTo(2 / 9, 12) as number, // 1, 2, 3 photos: (−2·1 + 0·2 + 2·3) / (3·6)
    classes: [
      { place: 0, name: 'cat', photos: 3, pixels: 5, part: 'head' },
      { place: 1, name: 'dog', photos: 2, pixels: 4, part: 'mid' },
      { place: 2, name: 'cow', photos: 1, pixels: 0, part: 'tail' },
    ],
  })
  const { truths, classes } = project.stats.classes('val')
  expect([truths, classes.map(({ photos, pixels }) => [photos, pixels])]).toEqual([
    1,
    [
      [1, 2],
      [1, 0],
      [1, 0],
    ],
  ])
})

test('without truth there are no pixels to count', () => {
  project.imports.store(['cat', 'dog', 'cow'], [photo('e', [2], { split: 'test' })])
  expect(project.stats.classes('test').classes.map(({ pixels }) => pixels)).toEqual([null, null, null])
})

test('pairs of classes are counted in photos, each class with itself on the diagonal', () => {
  expect(project.stats.coOccurrence()).toEqual({ classes: 3, photos: [3, 2, 1, 2, 2, 1, 1, 1, 1] })
  expect(project.stats.coOccurrence('train').photos).toEqual([2, 1, 0, 1, 1, 0, 0, 0, 0])
})

test('what is odd is counted, and counted again after an edit', () => {
  const rareClasses = [3, 2, 1].map((photos, place) => ({ place, photos }))
  expect(project.stats.problems()).toEqual({ unlabelled: 1, duplicate: 2, corrected: 0, rareClasses })
  expect(project.stats.problems('val')).toMatchObject({ unlabelled: 0, duplicate: 0 })
  project.labels.correct(4, project.classes.list()[0]!.id, 'present')
  expect(project.stats.problems()).toMatchObject({ unlabelled: 0, corrected: 1, rareClasses: [{ photos: 4 }, {}, {}] })
})
