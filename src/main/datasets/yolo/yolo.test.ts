import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { exportOf } from '../../../../tests/helpers/exportOf'
import { importOf } from '../../../../tests/helpers/importOf'
import { randomLabels } from '../../../../tests/helpers/randomLabels'
import { temporaryFolder } from '../../../../tests/helpers/temporaryFolder'
import { TinyDataset } from '../../../../tests/helpers/tinyDataset'
import { encodeLabelPng } from '../../media/labelPng'

let data: TinyDataset

beforeEach(async () => {
  data = new TinyDataset()
  await data.photo('images/train/a.jpg')
  data.file('data.yaml', 'names: {1: dog, 0: "no"}\n')
})

test('rows are read by the order of data.yaml, in shares of the photo', async () => {
  data.file('labels/train/a.txt', '1 0 0 0.5 0 0.5 0.5 0 0.5\n0 0.5 0.5 1 0.5 1 1 0.5 1\n')
  const { report, photos } = await importOf({ format: 'yolo', path: data.folder })
  expect(report).toMatchObject({ classes: ['no', 'dog'], splits: { train: 1 } })
  // prettier-ignore
  expect(photos.get('a')).toEqual({ labels: ['no', 'dog'], mask: [
    2, 2, 2, 0, 0, 0,
    2, 2, 2, 0, 0, 0,
    0, 0, 0, 1, 1, 1,
    0, 0, 0, 1, 1, 1] })
})

test('names may be a list, and are texts whatever YAML 1.1 would take them for', async () => {
  data.file('data.yaml', 'names: [no, on, 3, true]\n')
  data.file('labels/train/a.txt', '3 0 0 0.5 0 0.5 0.5 0 0.5\n')
  const { report, photos } = await importOf({ format: 'yolo', path: data.folder })
  expect(report.classes).toEqual(['no', 'on', '3', 'true'])
  expect(photos.get('a')?.labels).toEqual(['true'])
})

test('a box without an outline is void, its class present; a photo without a file shows nothing', async () => {
  await data.photo('images/train/b.jpg', { shade: 5 })
  data.file('labels/train/a.txt', '1 0.25 0.25 0.5 0.5\n')
  const { report, photos } = await importOf({ format: 'yolo', path: data.folder })
  expect(photos.get('a')?.labels).toEqual(['dog'])
  expect(photos.get('a')?.mask?.filter(value => value === 255)).toHaveLength(6)
  expect(photos.get('b')).toEqual({ labels: [], mask: new Array(24).fill(0) })
  expect(report.notes.join(' ')).toMatch(/1 rows are boxes .* 1 photos have no file of labels/)
})

test.each([
  ['1 0 0 3 0 3 2 0 2', 'row 1 has pixels where shares'],
  ['1 0 0 0.5 0 0.5', 'row 1 has 5 numbers behind its class'],
  ['7 0 0 0.5 0 0.5 0.5', 'row 1 is of class 7, and data.yaml names 2'],
  ['1 0 0 0.5 0 0.5 x', 'row 1 holds something else than numbers'],
])('"%s" is refused', async (row, sentence) => {
  await data.photo('images/train/b.jpg', { shade: 5 })
  data.file('labels/train/a.txt', row)
  const { report, photos } = await importOf({ format: 'yolo', path: data.folder })
  expect(report.skipped[0]?.reason).toContain(sentence)
  expect([...photos.keys()]).toEqual(['b'])
})

test.each([
  ['names: {4000000000: cat}', 'data.yaml names a class 4000000000'],
  ['names: {-1: cat}', 'data.yaml has no "names"'],
  ['names: [cat', 'data.yaml is no YAML'],
  ['names: *others', 'data.yaml is no YAML'],
])('a data.yaml of "%s" is refused by its name', async (text, sentence) => {
  data.file('data.yaml', text)
  const refusal = { code: expect.stringMatching(/BAD_INPUT|FILE_UNREADABLE/) as string }
  await expect(importOf({ format: 'yolo', path: data.folder })).rejects.toMatchObject(refusal)
  await expect(importOf({ format: 'yolo', path: data.folder })).rejects.toThrow(sentence)
})

test('names that YAML 1.1 takes for something else are quoted', async () => {
  const out = join(temporaryFolder(), 'out')
  const blob = data.mask('m.png', { 1: 4 })
  await exportOf('yolo', { out, classes: ['no', '1', 'a: b'], photos: [{ stem: 'a', blob }] })
  const text = readFileSync(join(out, 'data.yaml'), 'utf8')
  expect(text).toBe('path: "."\ntrain: "images/train"\nnames:\n  0: "no"\n  1: "1"\n  2: "a: b"\n')
  expect(parse(text, { version: '1.1' })).toMatchObject({ names: { 0: 'no' } })
  expect(readFileSync(join(out, 'labels/train/a.txt'), 'utf8')).toBe('0 0.666667 0 0.666667 0.25 0 0.25 0 0\n')
})

test.each([1, 2, 3, 4])('map %i leaves with bridges and comes back, with holes and islands', async seed => {
  const size = { width: 40, height: 30 }
  const labels = randomLabels(seed, size, 2)
  await data.photo('images/train/a.jpg', size)
  const blob = data.file('m.png', encodeLabelPng({ ...size, labels }))
  const out = join(temporaryFolder(), 'out')
  const options = { objects: seed % 2 === 0 ? 'part' : 'class' }
  await exportOf('yolo', { out, classes: ['cat', 'dog'], photos: [{ stem: 'a', blob, ...size }], options })
  cpSync(data.path('images'), join(out, 'images'), { recursive: true })
  const { photos } = await importOf({ format: 'yolo', path: out })
  expect(photos.get('a')?.mask).toEqual([...labels].map(label => (label === 255 ? 0 : label)))
})
