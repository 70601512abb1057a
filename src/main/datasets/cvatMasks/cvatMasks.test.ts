import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { exportOf } from '../../../../tests/helpers/exportOf'
import { importOf } from '../../../../tests/helpers/importOf'
import { temporaryFolder } from '../../../../tests/helpers/temporaryFolder'
import { TinyDataset } from '../../../../tests/helpers/tinyDataset'
import { writeZip } from '../../../../tests/helpers/zipWriter'
import { encodeGreyPng, encodeRgbPng } from '../../media/indexedPng'
import { maskRoundTrip, withoutVoid } from '../../../../tests/helpers/maskRoundTrip'

let data: TinyDataset

beforeEach(async () => {
  data = new TinyDataset()
  await data.photo('images/a.jpg')
})

test.each([1, 2, 3])('map %i leaves as CVAT’s zip and comes back', async seed => {
  const { left, back } = await maskRoundTrip(seed, { format: 'cvat-masks', file: 'masks.zip' })
  expect(back).toEqual(withoutVoid(left))
})

test('void comes back where it is a label of its own', async () => {
  const options = { void: 'label' }
  const { left, back, notes } = await maskRoundTrip(4, { format: 'cvat-masks', file: 'masks.zip', options })
  expect(back).toEqual(left)
  expect(notes).toEqual([])
})

const labelmap = '# label:color_rgb:parts:actions\ncat:250,50,83::\nbackground:0,0,0::\n\ndog:1,2,3:head:\n'
const colours = Uint8Array.from(
  [0, 0, 1, 1, 2, 2, ...new Array<number>(18).fill(0)].flatMap(place => [[0, 0, 0], [250, 50, 83], [1, 2, 3]][place]!), // prettier-ignore
)
const mask = { width: 6, height: 4 }

test.each([
  ['colours of the label map', encodeRgbPng(mask, colours)],
  // One channel: the place of the line, so that the background is 1 here.
  ['places of its lines', encodeGreyPng(mask, Uint8Array.from([1, 1, 0, 0, 2, 2, ...new Array<number>(18).fill(1)]))],
])('masks hold %s', async (_, picture) => {
  const zip = writeZip([
    { name: 'labelmap.txt', data: Buffer.from(labelmap), deflate: true },
    { name: 'SegmentationClass/a.png', data: picture, deflate: true },
  ])
  const path = data.file('masks.zip', zip)
  const { report, photos } = await importOf({ format: 'cvat-masks', path, images: data.path('images') })
  expect(report.classes).toEqual(['cat', 'dog'])
  expect(photos.get('a')).toEqual({
    labels: ['cat', 'dog'],
    mask: [0, 0, 1, 1, 2, 2, ...new Array<number>(18).fill(0)],
  })
})

test('labels that fill gaps keep the places of those behind them, and a place beyond them is void', async () => {
  const picture = encodeGreyPng(mask, Uint8Array.from([2, 2, 3, ...new Array<number>(21).fill(0)]))
  const zip = writeZip([
    { name: 'labelmap.txt', data: Buffer.from('background:0,0,0::\ndummy_1:1,1,1::\ncat:9,9,9::\n') },
    { name: 'SegmentationClass/a.png', data: picture },
  ])
  const path = data.file('masks.zip', zip)
  const { photos } = await importOf({ format: 'cvat-masks', path, images: data.path('images'), classes: ['cat'] })
  expect(photos.get('a')).toEqual({ labels: ['cat'], mask: [1, 1, 255, ...new Array<number>(21).fill(0)] })
})

test('a picture that would unpack to more than it says is refused', async () => {
  const members = [
    { name: 'labelmap.txt', data: Buffer.from(labelmap) },
    { name: 'SegmentationClass/a.png', data: Buffer.alloc(1 << 20), deflate: true, claimedSize: 64 },
  ]
  const path = data.file('masks.zip', writeZip(members))
  const work = importOf({ format: 'cvat-masks', path, images: data.path('images') })
  await expect(work).rejects.toThrow(/cannot be decompressed|has \d+ bytes/)
})

test('the zip is this, byte for byte, and lists its colours', async () => {
  const out = join(temporaryFolder(), 'out')
  const photos = [{ stem: 'a', blob: data.mask('m.png', { 1: 4, 255: 2 }) }]
  await exportOf('cvat-masks', { out, classes: ['cat'], photos })
  const first = readFileSync(join(out, 'masks.zip'))
  expect(first.toString('latin1')).toContain('background:0,0,0::\ncat:128,0,0::\n')
  await exportOf('cvat-masks', { out, classes: ['cat'], photos })
  expect(readFileSync(join(out, 'masks.zip'))).toEqual(first)
})
