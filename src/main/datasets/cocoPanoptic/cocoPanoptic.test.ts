import { beforeEach, expect, test } from 'vitest'
import { importOf } from '../../../../tests/helpers/importOf'
import { maskRoundTrip } from '../../../../tests/helpers/maskRoundTrip'
import { TinyDataset } from '../../../../tests/helpers/tinyDataset'
import { encodeRgbPng } from '../../media/indexedPng'
import { detectFormats } from '../index'

let data: TinyDataset

beforeEach(async () => {
  data = new TinyDataset()
  await data.photo('val2017/a.jpg')
})

/** Three pixels: of segment 1, of segment 2 + 256 × 3 + 65,536 × 4, of none. */
const SECOND = 2 + 256 * 3 + 65_536 * 4
const colours = Uint8Array.from([1, 0, 0, 2, 3, 4, ...new Array<number>(66).fill(0)])

function dataset(
  segments: readonly object[] = [
    { id: 1, category_id: 17 },
    { id: SECOND, category_id: 90 },
  ],
  picture = 'a.png',
): string {
  data.file('annotations/panoptic_val2017/a.png', encodeRgbPng({ width: 6, height: 4 }, colours))
  const content = {
    images: [{ id: 5, file_name: 'a.jpg', width: 6, height: 4 }],
    annotations: [{ image_id: 5, file_name: picture, segments_info: segments }],
    categories: [{ id: 17, name: 'cat', isthing: 1 }, { id: 90, name: 'grass', isthing: 0 }], // prettier-ignore
  }
  return data.file('annotations/panoptic_val2017.json', JSON.stringify(content))
}

test('colours are ids, red first; what is of no segment is void', async () => {
  dataset()
  expect((await detectFormats(data.folder)).map(({ id }) => id)).toContain('coco-panoptic')
  const { report, photos } = await importOf({ format: 'coco-panoptic', path: data.folder })
  expect(report).toMatchObject({ classes: ['cat', 'grass'], splits: { val: 1 } })
  expect(photos.get('a')).toEqual({ labels: ['cat', 'grass'], mask: [1, 2, ...new Array<number>(22).fill(255)] })
  expect(report.notes.join(' ')).toContain('pixels of no segment are void')
})

test('crowds are void or of their class', async () => {
  const path = dataset([{ id: 1, category_id: 17, iscrowd: 1 }, { id: SECOND, category_id: 90 }]) // prettier-ignore
  const asVoid = await importOf({ format: 'coco-panoptic', path })
  expect(asVoid.photos.get('a')?.mask?.slice(0, 2)).toEqual([255, 2])
  const asClass = await importOf({ format: 'coco-panoptic', path, crowd: 'class' })
  expect(asClass.photos.get('a')?.mask?.slice(0, 2)).toEqual([1, 2])
})

test('a picture with a segment that is not listed is told, and the photo keeps its labels', async () => {
  const { report, photos } = await importOf({ format: 'coco-panoptic', path: dataset([{ id: 1, category_id: 17 }]) })
  expect(report.skipped).toMatchObject([
    { what: 'mask', reason: expect.stringContaining('#020304 at (1, 0)') as string },
  ])
  expect(photos.get('a')).toEqual({ labels: ['cat'], mask: undefined })
})

test('a picture outside the folder of pictures is not read, and the photo keeps its labels', async () => {
  data.file('a.png', encodeRgbPng({ width: 6, height: 4 }, colours))
  const path = dataset(undefined, '../../a.png')
  const { report, photos } = await importOf({ format: 'coco-panoptic', path })
  expect(report.skipped).toMatchObject([
    { what: 'mask', reason: expect.stringContaining('names the file "../../a.png", which does not lie in') as string },
  ])
  expect(photos.get('a')).toEqual({ labels: ['cat', 'grass'], mask: undefined })
})

test('a picture in a folder of its own is read, and what is no plain file is not', async () => {
  data.file('annotations/panoptic_val2017/more/a.png', encodeRgbPng({ width: 6, height: 4 }, colours))
  const below = await importOf({ format: 'coco-panoptic', path: dataset(undefined, 'more/a.png') })
  expect(below.photos.get('a')?.mask?.slice(0, 2)).toEqual([1, 2])
  const { report } = await importOf({ format: 'coco-panoptic', path: dataset(undefined, 'more') })
  expect(report.skipped[0]?.reason).toContain('more is no plain file')
})

test.each([
  [1, 'part'],
  [2, 'class'],
])('map %i leaves by %s with its background as a category and comes back, void too', async (seed, objects) => {
  const options = { objects, background: 'category' }
  const { left, back } = await maskRoundTrip(seed, { format: 'coco-panoptic', options })
  expect(back).toEqual(left)
})
