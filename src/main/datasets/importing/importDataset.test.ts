import { existsSync, readdirSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from 'fast-png'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '../../../../tests/helpers/temporaryFolder'
import { TinyDataset } from '../../../../tests/helpers/tinyDataset'
import { openProject } from '../../db/open'
import type { Project } from '../../db/open'
import { readLabelPng } from '../../media/labelPng'
import { encodeNpyDict } from '../../weights/npy'
import { importDataset } from './importDataset'
import type { ImportOptions } from './importDataset'
import { detectFormats } from '../index'

let project: Project
let data: TinyDataset

beforeEach(() => {
  project = openProject(temporaryFolder(), { create: true })
  data = new TinyDataset()
})
afterEach(() => project.close())

function importAs(format: string, options: Partial<ImportOptions> = {}) {
  return importDataset({ project, path: data.folder, format, ...options })
}

/** `stem: labels` of every photo, in the dataset's order. */
function labels(split?: string): string[] {
  const { classes, images } = project.dataset(split)
  return images.map(image => `${image.stem}: ${image.labels.map(place => classes[place]).join('+')}`)
}

async function truth(stem: string): Promise<number[]> {
  const image = project.dataset().images.find(image => image.stem === stem)
  return [...(await readLabelPng(image!.truth!)).labels]
}

function blobFiles(): string[] {
  if (!existsSync(project.blobFolder)) return []
  return readdirSync(project.blobFolder, { recursive: true, encoding: 'utf8' })
}

test('VOC: labels from annotations, splits from the lists, masks by VOC’s names', async () => {
  for (const stem of ['a', 'b', 'c']) await data.photo(`JPEGImages/${stem}.jpg`)
  data.annotation('a', 'dog', 'person', 'dog')
  data.annotation('b', 'cat?', 'person')
  data.file('ImageSets/Segmentation/train.txt', 'a\n')
  data.file('ImageSets/Segmentation/val.txt', 'b\n')
  data.file('ImageSets/Segmentation/trainval.txt', 'a\nb\n')
  data.mask('SegmentationClass/a.png', { 12: 3, 15: 2, 255: 1 })
  data.mask('SegmentationClass/b.png', { 15: 4 })
  const report = await importAs('voc')
  expect(report).toMatchObject({
    imported: 2,
    classes: ['cat', 'dog', 'person'],
    splits: { train: 1, val: 1 },
    masks: 2,
    skipped: [],
  })
  expect(report.notes).toEqual([
    '1 photos stand in none of the lists (train.txt, val.txt, trainval.txt): left out.',
    '1 classes stand in a photo only as difficult objects: present.',
  ])
  expect(labels()).toEqual(['a: dog+person', 'b: cat+person'])
  expect(labels('val')).toEqual(['b: cat+person'])
  expect((await truth('a')).slice(0, 7)).toEqual([2, 2, 2, 3, 3, 255, 0])
  expect(project.masks.truth(1)?.pixels).toEqual({ 0: 18, 2: 3, 3: 2, 255: 1 })
})

test('VOC: difficult objects can be left out, or unknown', async () => {
  await data.photo('JPEGImages/a.jpg')
  data.annotation('a', 'cat?', 'dog')
  await importAs('voc', { difficult: 'unknown' })
  expect(labels()).toEqual(['a: dog'])
  expect(project.labels.ofImage(1).map(row => row.given)).toEqual(['unknown', 'present'])
  await importAs('voc', { difficult: 'absent' })
  expect(project.labels.ofImage(1).map(row => row.given)).toEqual(['present'])
})

test('VOC: labels from the class lists of ImageSets/Main', async () => {
  for (const stem of ['a', 'b']) await data.photo(`JPEGImages/${stem}.jpg`)
  data.file('ImageSets/Main/cat_train.txt', 'a  1\nb -1\n')
  data.file('ImageSets/Main/dog_train.txt', 'a  0\nb  1\n')
  data.file('ImageSets/Main/train.txt', 'a\nb\n')
  await importAs('voc', { difficult: 'absent' })
  expect(labels('train')).toEqual(['a: cat', 'b: dog'])
})

test('VOC: labels from masks when nothing else names classes', async () => {
  for (const stem of ['a', 'b', 'c']) await data.photo(`JPEGImages/${stem}.jpg`)
  data.mask('SegmentationClass/a.png', { 8: 1, 12: 1 })
  data.mask('SegmentationClass/b.png', { 255: 2 })
  const report = await importAs('voc', { classes: ['dog', 'cat'] })
  expect(labels()).toEqual(['a: dog+cat', 'b: '])
  expect(report.withoutLabels).toBe(1)
  expect(report.skipped).toEqual([
    { what: 'photo', file: data.path('JPEGImages/c.jpg'), reason: 'it has no mask to take labels from' },
  ])
})

test('a part of the classes: other classes are neither labels nor background', async () => {
  for (const stem of ['a', 'b']) await data.photo(`JPEGImages/${stem}.jpg`)
  const table = data.file('labels.csv', 'image,labels\na.jpg,dog;chair\nb.jpg,chair\n')
  data.mask('SegmentationClass/a.png', { 9: 2, 12: 3 })
  data.mask('SegmentationClass/b.png', { 9: 5 })
  const report = await importAs('voc', { labels: table, classes: ['dog'] })
  expect(labels()).toEqual(['a: dog', 'b: '])
  expect(report).toMatchObject({ imported: 2, withoutLabels: 1, classes: ['dog'] })
  expect((await truth('a')).slice(0, 6)).toEqual([255, 255, 1, 1, 1, 0])
  expect(report.notes).toEqual([
    'Classes left out, with their photos: chair 2.',
    'Mask pixels of classes left out became void (255): chair in 2 masks.',
  ])
})

test('masks of one’s own classes follow labels.txt, or the order of the classes with a note', async () => {
  await data.photo('images/a.jpg')
  data.file('labels.csv', 'image,zebra,lion\na.jpg,1,0\n')
  data.mask('masks/a.png', { 1: 1, 2: 2, 7: 3 })
  const masks = data.path('masks')
  const unnamed = await importAs('csv', { masks })
  expect((await truth('a')).slice(0, 7)).toEqual([1, 2, 2, 255, 255, 255, 0])
  expect(unnamed.notes).toEqual([
    'The masks come without names: value 1 is taken for zebra, and so on to 2.',
    'Mask values that name no class became void (255): 7 in 1 masks.',
  ])
  data.file('labels.txt', 'background\nlion\nzebra\n')
  expect(await importAs('csv', { masks })).toMatchObject({ updated: 1, classes: ['zebra', 'lion'] })
  expect((await truth('a')).slice(0, 7)).toEqual([2, 1, 1, 255, 255, 255, 0])
})

test('masks that mean something else than their photos’ labels are noticed', async () => {
  for (const stem of ['a', 'b']) await data.photo(`JPEGImages/${stem}.jpg`)
  data.file('labels.csv', 'image,labels\na.jpg,dog\nb.jpg,dog\n')
  data.mask('masks/a.png', { 1: 4 })
  data.mask('masks/b.png', { 255: 4 })
  const { notes } = await importAs('csv', { masks: data.path('masks'), classes: ['dog'] })
  expect(notes).toContainEqual(expect.stringContaining('1 masks hold only 0 and 255'))
  const other = await importAs('voc', { masks: data.path('masks'), labels: data.path('labels.csv') })
  expect(other.notes).toContainEqual(expect.stringContaining('1 masks show none of the classes that their photo'))
})

test('grey, 16-bit and VOC-coloured masks are read as indexed ones are', async () => {
  const size = { width: 6, height: 4 }
  const values = new Array<number>(24).fill(0).fill(12, 0, 3).fill(255, 3, 4)
  const colours = values.flatMap(value => (value === 12 ? [64, 0, 128] : value === 255 ? [224, 224, 192] : [0, 0, 0]))
  const masks = {
    grey: encode({ ...size, data: Uint8Array.from(values), channels: 1, depth: 8 }),
    wide: encode({ ...size, data: Uint16Array.from(values), channels: 1, depth: 16 }),
    colour: encode({ ...size, data: Uint8Array.from(colours), channels: 3, depth: 8 }),
  }
  for (const [stem, bytes] of Object.entries(masks)) {
    await data.photo(`JPEGImages/${stem}.jpg`)
    data.annotation(stem, 'dog')
    data.file(`SegmentationClass/${stem}.png`, bytes)
  }
  expect((await importAs('voc')).skipped).toEqual([])
  const expected = values.map(value => (value === 12 ? 1 : value))
  for (const stem of Object.keys(masks)) expect(await truth(stem)).toEqual(expected)
})

test('a folder per class: copies in two folders are one photo, other photos of the same name are left out', async () => {
  await data.photo('cat/1.jpg', { shade: 1 })
  await data.photo('dog/1.jpg', { shade: 1 })
  await data.photo('cat/2.jpg', { shade: 2 })
  await data.photo('dog/2.jpg', { shade: 3 })
  await data.photo('dog/indoors/3.png', { shade: 4 })
  await data.photo('4.jpg', { shade: 5 })
  const report = await importAs('folder')
  expect(labels()).toEqual(['1: cat+dog', '2: cat', '3: dog'])
  expect(report.skipped).toEqual([
    { what: 'photo', file: data.path('4.jpg'), reason: 'it lies beside the class folders, in none of them' },
    {
      what: 'photo',
      file: data.path('dog/2.jpg'),
      reason: `its stem "2" is that of another photo, ${data.path('cat/2.jpg')}: rename one of them`,
    },
  ])
})

test.each(['int', 'str'] as const)('cls_labels.npy with %s keys', async keyStyle => {
  for (const stem of ['2007_000032', '2007_000033', '2007_000039']) await data.photo(`JPEGImages/${stem}.jpg`)
  const vector = (...places: number[]) => {
    const values = new Float32Array(20)
    for (const place of places) values[place] = 1
    return { dtype: 'F32', shape: [20], data: values } as const
  }
  const entries = new Map([
    ['2007_000032', vector(0, 14)],
    ['2007_000033', vector(7)],
    ['2010_000001', vector(1)],
  ])
  data.file('cls_labels.npy', encodeNpyDict(entries, { keyStyle }))
  const report = await importAs('cls-labels', { classes: ['person', 'cat'] })
  expect(labels()).toEqual(['2007_000032: person', '2007_000033: cat'])
  expect(report.notes[0]).toMatch(/^1 entries of .*cls_labels.npy have no photo\.$/)
  expect(report.skipped).toMatchObject([{ file: data.path('JPEGImages/2007_000039.jpg') }])
})

test('files that cannot be used are listed with the reason, and the rest is imported', async () => {
  for (const stem of ['good', 'short', 'nomask', 'size', 'badmask']) await data.photo(`images/${stem}.jpg`)
  await data.photo('images/x/twin.jpg', { shade: 1 })
  await data.photo('images/y/twin.jpg', { shade: 2 })
  await data.photo('images/short.jpg', { width: 400, height: 300 })
  truncateSync(data.path('images/short.jpg'), statSync(data.path('images/short.jpg')).size - 8)
  data.file('images/text.jpg', 'this is no photo')
  data.file('images/empty.png', '')
  const stems = ['good', 'short', 'text', 'empty', 'nomask', 'size', 'badmask', 'x/twin', 'y/twin', 'gone']
  data.file('labels.csv', ['image,labels', ...stems.map(stem => `${stem},cat`)].join('\n'))
  await data.photo('images/unlabelled.jpg')
  for (const stem of ['good', 'short', 'text', 'empty', 'twin']) data.mask(`masks/${stem}.png`, { 1: 1 })
  data.mask('masks/size.png', { 1: 1 }, { width: 4, height: 6 })
  data.file('masks/badmask.png', 'no PNG')
  const report = await importAs('csv', { masks: data.path('masks') })
  expect(labels()).toEqual(['badmask: cat', 'good: cat', 'nomask: cat', 'size: cat', 'twin: cat'])
  expect(report).toMatchObject({ imported: 5, masks: 2 })
  const reasons = new Map(
    report.skipped.map(({ what, file, reason }) => [`${what} ${file.replace(data.folder, '')}`, reason]),
  )
  expect([...reasons.keys()].sort()).toEqual([
    'label gone',
    'mask /images/nomask.jpg',
    'mask /masks/badmask.png',
    'mask /masks/size.png',
    'photo /images/empty.png',
    'photo /images/short.jpg',
    'photo /images/text.jpg',
    'photo /images/unlabelled.jpg',
    'photo /images/y/twin.jpg',
  ])
  expect(reasons.get('label gone')).toContain('there is no photo called gone')
  expect(reasons.get('mask /masks/size.png')).toContain('is 4×6, its photo 6×4')
  expect(reasons.get('mask /masks/badmask.png')).toContain('is no PNG')
  expect(reasons.get('photo /images/short.jpg')).toContain('breaks off before its picture ends')
  expect(reasons.get('photo /images/text.jpg')).toContain('cannot be read as a photo')
  expect(reasons.get('photo /images/unlabelled.jpg')).toContain('it has no row in')
})

test('a name that several photos share names none of them', async () => {
  for (const name of ['x/a.jpg', 'y/a.jpg', 'b.jpg']) await data.photo(name)
  data.file('labels.csv', 'image,labels\na.jpg,cat\nb.jpg,cat\n')
  const report = await importAs('csv')
  expect(labels()).toEqual(['b: cat'])
  expect(report.skipped[0]?.reason).toContain('a.jpg may be any of 2 photos: x/a.jpg, y/a.jpg')
})

test('photos are as large as they are shown, and masks must be too', async () => {
  await data.photo('images/turned.jpg', { orientation: 6 })
  await data.photo('images/stored.jpg', { orientation: 6 })
  data.file('labels.csv', 'image,labels\nturned.jpg,cat\nstored.jpg,cat\n')
  data.mask('masks/turned.png', { 1: 1 }, { width: 4, height: 6 })
  data.mask('masks/stored.png', { 1: 1 })
  const report = await importAs('csv', { masks: data.path('masks') })
  expect(project.images.findByStem('turned')).toMatchObject({ width: 4, height: 6 })
  expect(report.notes[0]).toBe('2 photos are turned as their EXIF orientation says.')
  expect(report.skipped).toMatchObject([
    { what: 'mask', reason: expect.stringContaining('without the turn') as string },
  ])
})

test('an import can be run again, and again after photos, labels and masks have changed', async () => {
  for (const stem of ['a', 'b', 'c', 'd']) await data.photo(`images/${stem}.jpg`)
  data.file('labels.csv', 'image,labels\na,cat\nb,cat\nc,cat\nd,cat\n')
  for (const stem of ['a', 'b', 'c', 'd']) data.mask(`masks/${stem}.png`, { 1: 1 })
  const masks = data.path('masks')
  await importAs('csv', { masks })
  const before = { hash: project.dataset().hash, blobs: blobFiles() }
  expect(await importAs('csv', { masks })).toMatchObject({ imported: 0, updated: 0, unchanged: 4 })
  expect({ hash: project.dataset().hash, blobs: blobFiles() }).toEqual(before)
  await data.photo('images/a.jpg', { shade: 7 })
  data.file('labels.csv', 'image,labels\na,cat\nb,\nc,cat\nd,cat\n')
  data.mask('masks/c.png', { 1: 2 })
  expect(await importAs('csv', { masks })).toMatchObject({ imported: 0, updated: 3, unchanged: 1, withoutLabels: 1 })
  expect((await truth('c')).slice(0, 3)).toEqual([1, 1, 0])
})

test('a photo that moved is known again, and another photo of its name is not taken for it', async () => {
  await data.photo('images/a.jpg', { shade: 1 })
  data.file('labels.csv', 'image,labels\na,cat\n')
  await importAs('csv')
  renameSync(data.path('images'), data.path('JPEGImages'))
  expect(await importAs('csv')).toMatchObject({ imported: 0, updated: 1 })
  expect(project.dataset().images[0]?.path).toBe(data.path('JPEGImages/a.jpg'))
  await data.photo('other/a.jpg', { shade: 2 })
  await data.photo('other/b.jpg', { shade: 3 })
  data.file('labels.csv', 'image,labels\na,cat\nb,cat\n')
  const report = await importAs('csv', { images: data.path('other') })
  expect(report).toMatchObject({ imported: 1, updated: 0 })
  expect(report.skipped).toMatchObject([{ file: data.path('other/a.jpg') }])
})

test('a second split joins the first', async () => {
  for (const stem of ['a', 'b', 'c']) await data.photo(`images/${stem}.jpg`)
  data.file('labels.csv', 'image,labels\na,cat\nb,cat;dog\nc,dog\n')
  const split = (name: string, text: string) => data.file(`lists/${name}.txt`, text)
  const first = await importAs('csv', { split: split('train', 'a\nb\nz\n') })
  expect(first).toMatchObject({ imported: 2, splits: { train: 2 } })
  expect(first.skipped[0]?.reason).toContain('there is no photo called z (listed in')
  expect(first.notes).toEqual([expect.stringContaining('1 photos are not in')])
  expect(await importAs('csv', { split: split('val', 'c.jpg\n') })).toMatchObject({ imported: 1, splits: { val: 1 } })
  expect(project.images.splits()).toEqual([
    { split: 'train', images: 2 },
    { split: 'val', images: 1 },
  ])
})

test('photos inside the project move with it', async () => {
  const photos = join(project.folder, 'photos')
  await data.photo('a.jpg')
  data.file('labels.csv', 'image,labels\na,cat\n')
  renameSync(data.folder, photos)
  await importAs('csv', { path: photos })
  expect(project.images.find(1)?.path).toBe('photos/a.jpg')
})

test('a cancelled import leaves nothing', async () => {
  for (let n = 0; n < 40; n++) {
    await data.photo(`images/${n}.jpg`, { shade: n })
    data.mask(`masks/${n}.png`, { 1: n % 24 })
  }
  data.file('labels.csv', ['image,labels', ...Array.from({ length: 40 }, (_, n) => `${n},cat`)].join('\n'))
  const controller = new AbortController()
  const progress = ({ done }: { done: number }) => {
    if (done === 20) controller.abort()
  }
  const cancelled = importAs('csv', { masks: data.path('masks'), signal: controller.signal, progress })
  await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' })
  expect(project.images.count()).toBe(0)
  expect(project.classes.names()).toEqual([])
  expect(blobFiles()).toEqual([])
  expect(await importAs('csv', { masks: data.path('masks') })).toMatchObject({ imported: 40, masks: 40 })
})

test('a folder of photos that goes away while it is read ends the import with a sentence, and leaves nothing', async () => {
  for (let n = 0; n < 20; n++) await data.photo(`images/${n}.jpg`, { shade: n })
  data.file('labels.csv', ['image,labels', ...Array.from({ length: 20 }, (_, n) => `${n},cat`)].join('\n'))
  const [images, moved] = [data.path('images'), data.path('moved')]
  const progress = ({ done }: { done: number }) => {
    if (done === 1) renameSync(images, moved) // the last of them are not open yet
  }
  await expect(importAs('csv', { progress })).rejects.toThrow(
    `The folder ${images} went away while its photos were read`,
  )
  expect([project.images.count(), blobFiles()]).toEqual([0, []])
  renameSync(moved, images)
  expect(await importAs('csv')).toMatchObject({ imported: 20 })
})

test('what a killed import left is cleared away by the next', async () => {
  await data.photo('a.jpg')
  data.file('labels.csv', 'image,labels\na,cat\n')
  await importAs('csv')
  const left = join(project.blobFolder, 'import-killed')
  renameSync(temporaryFolder(), left)
  writeFileSync(join(left, 'half'), 'half')
  await importAs('csv')
  expect(blobFiles()).toEqual([])
})

test('progress counts every photo', async () => {
  for (const stem of ['a', 'b']) await data.photo(`${stem}.jpg`)
  data.file('labels.csv', 'image,labels\na,cat\nb,dog\n')
  const seen: string[] = []
  await importAs('csv', { progress: ({ done, total }) => seen.push(`${done}/${total}`) })
  expect(seen).toEqual(['1/2', '2/2'])
})

test('what cannot be meant is refused with a sentence, and the project stays as it was', async () => {
  await data.photo('images/a.jpg')
  const table = data.file('labels.csv', 'image,labels\na,cat\n')
  const refused = async (sentence: RegExp, format: string, options: Partial<ImportOptions> = {}) => {
    await expect(importAs(format, options)).rejects.toThrow(sentence)
  }
  await refused(/no dataset format "vok": did you mean "voc"\?/, 'vok')
  await refused(/No label is called "catt": did you mean "cat"\?/, 'csv', { classes: ['catt'] })
  await refused(/names "cat" twice/, 'csv', { classes: ['cat', 'cat'] })
  await refused(/There is no folder .*nowhere/, 'csv', { images: data.path('nowhere') })
  await refused(/There are no labels at .*nowhere/, 'csv', { labels: data.path('nowhere.csv') })
  await refused(/There is no folder .*: say where the masks are/, 'csv', { masks: data.path('nowhere') })
  data.file('empty/readme.txt', 'nothing')
  await refused(/There are no masks in/, 'csv', { masks: data.path('empty') })
  await refused(/There is no list nowhere.txt/, 'csv', { split: 'nowhere.txt' })
  await refused(/There is no list val, neither as a file nor in/, 'voc', { split: 'val', labels: table })
  await refused(/has no cls_labels.npy/, 'cls-labels')
  rmSync(table)
  await refused(/holds no table: say which holds the labels/, 'csv')
  await refused(/has neither Annotations/, 'voc')
  data.file('labels.csv', 'image,labels\nb,cat\n')
  await refused(/No photo could be imported; 2 were left out, for instance b: there is no photo called b/, 'csv')
  data.file('labels.csv', 'image,labels\na,cat\n')
  const broken = data.file('broken/a.jpg', 'no photo')
  const once = `No photo could be imported; 1 was left out, for instance ${broken} cannot be read as a photo`
  await refused(new RegExp(`^${once} .*[^.]\\.$`), 'csv', { images: data.path('broken') })
  expect(project.images.count()).toBe(0)
  await importAs('csv')
  await refused(/This project's classes are cat: leave --classes out/, 'csv', { classes: ['dog'] })
})

test('labels of a class that differs by case alone are pointed at', async () => {
  await data.photo('a.jpg')
  await data.photo('b.jpg')
  data.file('labels.csv', 'image,labels\na,cat\nb,Cat\n')
  const { notes } = await importAs('csv', { classes: ['cat'] })
  expect(notes).toEqual(['Classes left out, with their photos: Cat 1 (is it cat?).'])
})

test('formats know their own', async () => {
  const ids = async () => (await detectFormats(data.folder)).map(format => format.id)
  expect(await ids()).toEqual([])
  data.file('labels.csv', '')
  expect(await ids()).toEqual(['csv'])
  await data.photo('JPEGImages/a.jpg')
  expect(await ids()).toEqual(['voc', 'csv', 'folder'])
  data.file('cls_labels.npy', '')
  expect(await ids()).toEqual(['voc', 'cls-labels', 'csv', 'folder'])
})

test('a photo of 30,001 pixels a side is named, not opened', async () => {
  const create = { width: 30_001, height: 1, channels: 3, background: 'grey' } as const
  data.file('wide.png', await sharp({ create }).png().toBuffer())
  await data.photo('a.jpg')
  data.file('labels.csv', 'image,labels\na,cat\nwide,cat\n')
  const report = await importAs('csv')
  expect(report.imported).toBe(1)
  expect(report.skipped[0]?.reason).toContain('a side may have 30000 pixels')
})
