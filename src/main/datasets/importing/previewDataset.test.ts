import { expect, test } from 'vitest'
import { TinyDataset } from '../../../../tests/helpers/tinyDataset'
import { previewDataset } from './previewDataset'

/** Four photos of a table: cat; cat and dog; cow; none of a class. A fifth has no row. */
async function table(): Promise<TinyDataset> {
  const dataset = new TinyDataset()
  for (const name of ['a', 'b', 'c', 'd', 'e']) await dataset.photo(`${name}.jpg`)
  dataset.file('labels.csv', 'image,labels\na.jpg,cat\nb.jpg,cat;dog\nc.jpg,cow\nd.jpg,\n')
  return dataset
}

const countsOf = (classes: readonly { name: string; photos: number | null; chosen: boolean }[]) =>
  classes.map(({ name, photos, chosen }) => [name, photos, chosen])

test('a preview counts photos, classes and what would be left out, and opens no photo', async () => {
  const dataset = await table()
  dataset.file('c.jpg', 'this is no photo, which only the import finds out')
  const preview = await previewDataset({ path: dataset.folder, format: 'csv', projectClasses: [] })
  expect(preview).toMatchObject({ photos: 4, masks: 0, splits: { train: 4 }, withoutLabels: 1, classesAreFixed: false })
  expect(countsOf(preview.classes)).toEqual([
    ['cat', 2, true],
    ['cow', 1, true],
    ['dog', 1, true],
  ])
  expect(preview.samples.map(({ stem, labels }) => [stem, ...(labels ?? [])])).toEqual([
    ['a', 'cat'],
    ['b', 'cat', 'dog'],
    ['c', 'cow'],
    ['d'],
  ])
  expect(preview.skipped).toMatchObject({ total: 1, first: [{ what: 'photo', file: dataset.path('e.jpg') }] })
})

test('chosen classes come first, in their order, and the others are left out', async () => {
  const { folder } = await table()
  const preview = await previewDataset({ path: folder, format: 'csv', projectClasses: [], classes: ['dog', 'cat'] })
  expect(countsOf(preview.classes)).toEqual([
    ['dog', 1, true],
    ['cat', 2, true],
    ['cow', 1, false],
  ])
  expect(preview.withoutLabels).toBe(2)
})

test('a project keeps its classes, also one that the dataset does not have', async () => {
  const { folder } = await table()
  const preview = await previewDataset({ path: folder, format: 'csv', projectClasses: ['sheep', 'cat'] })
  expect(preview.classesAreFixed).toBe(true)
  expect(countsOf(preview.classes).slice(0, 2)).toEqual([
    ['sheep', 0, true],
    ['cat', 2, true],
  ])
  expect(preview.classes.filter(({ chosen }) => !chosen).map(({ name }) => name)).toEqual(['cow', 'dog'])
})

test('where only masks tell the labels, nothing is counted that is not known', async () => {
  const dataset = new TinyDataset()
  await dataset.photo('JPEGImages/a.jpg')
  dataset.mask('SegmentationClass/a.png', { 1: 3 })
  dataset.file('labels.txt', 'background\ncat\n')
  const preview = await previewDataset({ path: dataset.folder, format: 'voc', projectClasses: [] })
  expect(countsOf(preview.classes)).toEqual([['cat', null, true]])
  expect([preview.masks, preview.withoutLabels, preview.samples[0]?.labels]).toEqual([1, null, null])
})
