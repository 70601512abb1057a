import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { exportOf } from '../../../tests/helpers/exportOf'
import { importOf } from '../../../tests/helpers/importOf'
import { randomLabels } from '../../../tests/helpers/randomLabels'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { TinyDataset } from '../../../tests/helpers/tinyDataset'
import { writeZip } from '../../../tests/helpers/zipWriter'
import { encodeGreyPng, encodeRgbPng } from '../media/indexedPng'
import { encodeLabelPng } from '../media/labelPng'
import { decodeBrush } from './labelStudio/brushRle'

let data: TinyDataset

beforeEach(async () => {
  data = new TinyDataset()
  await data.photo('images/a.jpg')
})

const size = { width: 40, height: 30 }

/** Leaves as `format`, comes back by `importer`: the masks are the same but for void. */
async function roundTrip(format: string, importer: string, seed: number, file = '') {
  const labels = randomLabels(seed, size, 2)
  await data.photo('images/a.jpg', size)
  const blob = data.file('m.png', encodeLabelPng({ ...size, labels }))
  const out = join(temporaryFolder(), 'out')
  await exportOf(format, { out, classes: ['cat', 'dog'], photos: [{ stem: 'a', blob, ...size }] })
  const { photos } = await importOf({ format: importer, path: join(out, file), images: data.path('images') })
  expect(photos.get('a')?.mask).toEqual([...labels].map(label => (label === 255 ? 0 : label)))
}

test.each([1, 2, 3])('map %i leaves as labelme, holes as masks, and comes back', seed =>
  roundTrip('labelme', 'labelme', seed),
)
test.each([1, 2, 3])('map %i leaves as CVAT’s zip and comes back', seed =>
  roundTrip('cvat-masks', 'cvat-masks', seed, 'masks.zip'),
)

describe('labelme', () => {
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
    expect(report.notes).toContain('Shapes without pixels were passed over: line 1.')
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

  test('a declared size that is not the photo’s is told, and the labels stay', async () => {
    file([box('cat', 0, 0, 2, 2)], { imageHeight: 6, imageWidth: 4 })
    const { report, photos } = await imported()
    expect(report.skipped).toMatchObject([{ what: 'mask', reason: expect.stringContaining('is 4×6') as string }])
    expect(photos.get('a')).toEqual({ labels: ['cat'], mask: undefined })
  })

  test('points that are no numbers are refused with the file', async () => {
    await data.photo('images/b.jpg', { shade: 5 })
    data.file('b.json', JSON.stringify({ imagePath: 'b.jpg', shapes: [{ label: 'x', points: [[null, 1]] }] }))
    file([box('cat', 0, 0, 2, 2)])
    const { report } = await imported()
    expect(report.skipped).toMatchObject([{ reason: expect.stringContaining('shapes.0.points.0.0 must be') as string }])
  })
})

describe('Label Studio', () => {
  // label-studio-converter's own example: four pixels, the middle two of which are painted.
  const brush = [0, 0, 0, 16, 57, 27, 252, 96, 19, 255, 198, 0]

  test('a brush unpacks to the alpha of its pixels, whose number must be the photo’s', () => {
    expect([...decodeBrush(brush, 4)]).toEqual([0, 1, 1, 0])
    expect(() => decodeBrush(brush, 5)).toThrow('its brush has 16 values, 5 pixels need 20')
    expect(() => decodeBrush(brush.slice(0, 9), 4)).toThrow('breaks off')
  })

  const task = (result: readonly object[]) =>
    data.file(
      'project.json',
      JSON.stringify([{ data: { image: '/data/upload/1/0a1b2c3d-a.jpg' }, annotations: [{ result }] }]),
    )
  const drawn = { original_width: 6, original_height: 4, image_rotation: 0 }
  const rectangle = { x: 50, y: 0, width: 50, height: 50, rectanglelabels: ['cat'] }

  test('rectangles and polygons are percentages', async () => {
    const polygon = { points: [[0, 50], [50, 50], [50, 100], [0, 100]], polygonlabels: ['dog'] } // prettier-ignore
    const path = task([
      { ...drawn, type: 'rectanglelabels', value: rectangle },
      { ...drawn, type: 'polygonlabels', value: polygon },
    ])
    const { photos } = await importOf({ format: 'label-studio', path })
    // prettier-ignore
    expect(photos.get('a')).toEqual({ labels: ['cat', 'dog'], mask: [
      0, 0, 0, 1, 1, 1,
      0, 0, 0, 1, 1, 1,
      2, 2, 2, 0, 0, 0,
      2, 2, 2, 0, 0, 0] })
  })

  test('a photo that was rotated keeps no mask', async () => {
    const path = task([{ ...drawn, image_rotation: 90, type: 'rectanglelabels', value: rectangle }])
    const { report, photos } = await importOf({ format: 'label-studio', path })
    expect(report.skipped).toMatchObject([{ what: 'mask', reason: expect.stringContaining('rotated') as string }])
    expect(photos.get('a')?.labels).toEqual(['cat'])
  })
})

describe('CVAT', () => {
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

  test('a picture that would unpack to more than it says is refused', async () => {
    const members = [
      { name: 'labelmap.txt', data: Buffer.from(labelmap) },
      { name: 'SegmentationClass/a.png', data: Buffer.alloc(1 << 20), deflate: true, claimedSize: 64 },
    ]
    const path = data.file('masks.zip', writeZip(members))
    const work = importOf({ format: 'cvat-masks', path, images: data.path('images') })
    await expect(work).rejects.toThrow(/cannot be decompressed|has \d+ bytes/)
  })

  const xml = (shapes: string) =>
    data.file(
      'annotations.xml',
      `<?xml version="1.0"?><annotations><version>1.1</version><meta><task><labels><label><name>cat</name></label>` +
        `<label><name>dog</name></label></labels></task></meta>` +
        `<image id="0" name="images/a.jpg" width="6" height="4">${shapes}</image></annotations>`,
    )

  test('masks run row by row inside their boxes, and what lies higher is drawn later', async () => {
    const path = xml(
      '<polygon label="cat" points="0,0;6,0;6,2;0,2" z_order="1"/>' +
        '<mask label="dog" rle="1, 2, 1, 2" left="1" top="1" width="3" height="2" z_order="2"/>' +
        '<box label="dog" xtl="0" ytl="0" xbr="6" ybr="1" z_order="0"/><polyline label="cat" points="0,0;1,1"/>',
    )
    const { report, photos } = await importOf({ format: 'cvat-xml', path })
    // prettier-ignore
    expect(photos.get('a')?.mask).toEqual([
      1, 1, 1, 1, 1, 1,
      1, 1, 2, 2, 1, 1,
      0, 0, 2, 2, 0, 0,
      0, 0, 0, 0, 0, 0])
    expect(report.notes).toContain('Shapes without pixels were passed over: polyline 1.')
  })

  test('runs that are not as long as their box are told', async () => {
    const path = xml('<mask label="dog" rle="1,2" left="1" top="1" width="3" height="2"/>')
    const { report } = await importOf({ format: 'cvat-xml', path })
    expect(report.skipped[0]?.reason).toContain('its runs cover 3 pixels, its box is 3×2')
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
})
