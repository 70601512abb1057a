import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { exportOf } from '../../../../tests/helpers/exportOf'
import { importOf } from '../../../../tests/helpers/importOf'
import { temporaryFolder } from '../../../../tests/helpers/temporaryFolder'
import { TinyDataset } from '../../../../tests/helpers/tinyDataset'
import { blobPath } from '../../artifacts/blobStore'
import { openProject } from '../../db/open'
import { encodeGreyPng } from '../../media/indexedPng'
import { maskRoundTrip, withoutVoid } from '../../../../tests/helpers/maskRoundTrip'
import { importDataset } from '../importing/importDataset'

let data: TinyDataset

beforeEach(async () => {
  data = new TinyDataset()
  await data.photo('images/a.jpg')
})

test.each([
  [1, 'polygon'],
  [2, 'polygon'],
  [3, 'mask'],
])('map %i leaves as shapes, %s, and comes back, void too', async (seed, shapes) => {
  const { left, back, notes } = await maskRoundTrip(seed, { format: 'labelme', options: { shapes } })
  expect(back).toEqual(left)
  expect(notes).toEqual([])
})

test('void becomes background where it is not wanted, and that is said', async () => {
  const { left, back, notes } = await maskRoundTrip(4, { format: 'labelme', options: { void: 'background' } })
  expect(back).toEqual(withoutVoid(left))
  const lost = left.filter(label => label === 255).length
  expect(notes).toEqual([`${lost} void pixels in 1 photos became background.`])
})

const file = (shapes: readonly object[], rest: object = {}) =>
  data.file(
    'a.json',
    JSON.stringify({
      ...{ version: '5.5.0', flags: {}, imagePath: 'images\\a.jpg', imageData: null, imageHeight: 4, imageWidth: 6 },
      ...{ shapes, mine: [1] },
      ...rest,
    }),
  )
const imported = () => importOf({ format: 'labelme', path: data.folder })
const box = (label: string, x0: number, y0: number, x1: number, y1: number) => ({
  ...{ label, shape_type: 'rectangle' },
  points: [
    [x0, y0],
    [x1, y1],
  ],
})

test('shapes are drawn in their order; ignored ones are void, the background is a hole', async () => {
  const shapes = [
    box('cat ', 0, 0, 4, 4),
    box('_background_', 0, 0, 1, 1),
    box('__ignore__', 3, 3, 6, 4),
    { label: 'cat', shape_type: 'line', points: [] },
  ]
  file(shapes)
  const { report, photos } = await imported()
  // prettier-ignore
  expect(photos.get('a')).toEqual({ labels: ['cat'], mask: [
    0, 1, 1, 1, 0, 0,
    1, 1, 1, 1, 0, 0,
    1, 1, 1, 1, 0, 0,
    1, 1, 1, 255, 255, 255] })
  expect(report.notes).toContain('Shapes without pixels are in no mask, and leave with labelme’s files again: line 1.')
})

test('a mask lies at its rounded corner and is cut at the photo’s edge', async () => {
  const mask = Buffer.from(encodeGreyPng({ width: 3, height: 2 }, new Uint8Array(6).fill(255))).toString('base64')
  const at = (x: number, y: number) => ({ label: 'cat', shape_type: 'mask', mask, points: [[x, y], [x + 2, y + 1]] }) // prettier-ignore
  file([at(0.9, 0.2), at(4, 3)])
  const { photos } = await imported()
  // prettier-ignore
  expect(photos.get('a')?.mask).toEqual([
    0, 1, 1, 1, 0, 0,
    0, 1, 1, 1, 0, 0,
    0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 1, 1])
})

test('a mask beyond the photo’s first corner is cut there, and does not come in at the other side', async () => {
  const mask = Buffer.from(encodeGreyPng({ width: 3, height: 2 }, new Uint8Array(6).fill(255))).toString('base64')
  file([{ label: 'cat', shape_type: 'mask', mask, points: [[-2, -1], [0, 0]] }]) // prettier-ignore
  const { photos } = await imported()
  expect(photos.get('a')?.mask).toEqual([1, ...new Array<number>(23).fill(0)])
})

test('shapes lie on the photo as it is shown, turned as its EXIF orientation says', async () => {
  await data.photo('images/a.jpg', { width: 4, height: 6, orientation: 6 })
  file([box('cat', 4, 0, 6, 1)])
  const { report, photos } = await imported()
  expect(photos.get('a')?.mask?.slice(0, 6)).toEqual([0, 0, 0, 0, 1, 1])
  expect(report.skipped).toEqual([])
})

test('NaN, which Python writes and JSON does not know, is told with the file', async () => {
  await data.photo('images/b.jpg', { shade: 5 })
  data.file('b.json', '{"imagePath": "b.jpg", "shapes": [{"label": "x", "points": [[NaN, 1]]}]}')
  file([box('cat', 0, 0, 2, 2)])
  const { report } = await imported()
  expect(report.skipped).toMatchObject([
    { file: data.path('b.json'), reason: expect.stringContaining('NaN') as string },
  ])
})

test.each([
  [{ label: 'x', points: [[0, 0], [1e12, 0], [1, 1]] }, 1e12], // prettier-ignore
  [{ label: 'x', points: [[0, 0], [3e7, 4e7]], shape_type: 'circle' }, 5e7], // prettier-ignore
  [{ label: 'x', points: [[2 ** 53, 0]], shape_type: 'mask', mask: '' }, 2 ** 53], // prettier-ignore
])('the outline of %j is told, and the photo keeps its labels', async (shape, value) => {
  file([shape])
  const { report, photos } = await imported()
  const sentence = `has the coordinate ${value}, and the photo is 6×4`
  expect(report.skipped).toMatchObject([{ what: 'mask', reason: expect.stringContaining(sentence) as string }])
  expect(photos.get('a')).toEqual({ labels: ['x'], mask: undefined })
})

test('a type that no program knows is passed over, whatever it is called', async () => {
  file([{ label: 'x', points: [[0, 0]], shape_type: 'constructor' }, box('cat', 0, 0, 2, 2)]) // prettier-ignore
  const { report, photos } = await imported()
  expect(report.notes.join(' ')).toContain('constructor 1')
  expect(photos.get('a')?.labels).toEqual(['cat'])
})

test('a declared size that is not the photo’s is told, and the labels stay', async () => {
  file([box('cat', 0, 0, 2, 2)], { imageHeight: 6, imageWidth: 4 })
  const { report, photos } = await imported()
  expect(report.skipped).toMatchObject([{ what: 'mask', reason: expect.stringContaining('is 4×6') as string }])
  expect(photos.get('a')).toEqual({ labels: ['cat'], mask: undefined })
})

test('shapes of CVAT’s API, whose masks are runs with the corners of their box, are refused with what to do', async () => {
  const points = [1, 2, 1, 2, 1, 1, 3, 2] // cvat#6777: counts, then left, top, right, bottom
  const shape = { type: 'mask', points, frame: 0, label: 'cat', occluded: false }
  const backup = [{ version: 0, tags: [], shapes: [shape], tracks: [] }]
  data.file('annotations.json', JSON.stringify(backup))
  file([box('cat', 0, 0, 2, 2)])
  const { report } = await imported()
  expect(report.skipped).toMatchObject([
    { file: data.path('annotations.json'), reason: expect.stringContaining('CVAT for images 1.1') as string },
  ])
})

test('points that are no numbers are refused with the file', async () => {
  await data.photo('images/b.jpg', { shade: 5 })
  data.file('b.json', JSON.stringify({ imagePath: 'b.jpg', shapes: [{ label: 'x', points: [[null, 1]] }] }))
  file([box('cat', 0, 0, 2, 2)])
  const { report } = await imported()
  expect(report.skipped).toMatchObject([{ reason: expect.stringContaining('shapes.0.points.0.0 must be') as string }])
})

test('keys of other programs, points and untouched shapes leave as they came', async () => {
  const shape = {
    ...box('cat', 0, 0, 2, 2),
    group_id: 3,
    description: 'left ear',
    flags: { torn: true, old: 1 },
    score: 0.5,
  }
  const shapes = [shape, { label: 'eye', shape_type: 'point', points: [[1, 1]], certain: false }]
  file(shapes, { flags: { night: true }, camera: { lens: [35, null] }, imageData: 'AAAA' })
  const project = openProject(temporaryFolder(), { create: true })
  await importDataset({ project, format: 'labelme', path: data.folder })
  const [[id, annotation] = []] = project.annotations.all()
  const blob = project.dataset().images.find(image => image.id === id)!.truth!
  const out = join(temporaryFolder(), 'out')
  const source = { format: annotation!.format, path: blobPath(project.blobFolder, annotation!.blob) }
  await exportOf('labelme', {
    out,
    classes: project.classes.names(),
    photos: [{ stem: 'a', blob, annotation: source }],
  })
  const again = await importDataset({ project, format: 'labelme', path: data.folder })
  project.close()
  expect(JSON.parse(readFileSync(join(out, 'a.json'), 'utf8'))).toEqual({
    ...{ version: '5.5.0', flags: { night: true }, shapes, imagePath: 'a.jpg', imageData: null },
    ...{ imageHeight: 4, imageWidth: 6, mine: [1], camera: { lens: [35, null] } },
  })
  expect(again.unchanged).toBe(1)
})

test('the order of labels.txt is that of labelme’s own converters: ignored first, then the background', async () => {
  const out = join(temporaryFolder(), 'out')
  await exportOf('labelme', { out, classes: ['cat'], photos: [{ stem: 'a', blob: data.mask('m.png', { 255: 3 }) }] })
  expect(readFileSync(join(out, 'labels.txt'), 'utf8')).toBe('__ignore__\n_background_\ncat\n')
})
