import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decode } from 'fast-png'
import { beforeEach, describe, expect, test } from 'vitest'
import { exportOf } from '../../../../tests/helpers/exportOf'
import { importOf } from '../../../../tests/helpers/importOf'
import { maskRoundTrip, withoutVoid } from '../../../../tests/helpers/maskRoundTrip'
import { temporaryFolder } from '../../../../tests/helpers/temporaryFolder'
import { TinyDataset } from '../../../../tests/helpers/tinyDataset'
import { encodeLabelPng } from '../../media/labelPng'

let data: TinyDataset

beforeEach(async () => {
  data = new TinyDataset()
  await data.photo('images/a.jpg')
})

/** A file with one photo of 6 × 4, `a.jpg`, and two categories whose ids do not follow each other. */
function cocoFile(annotations: readonly object[], members: object = {}): string {
  return data.file(
    'instances_val2017.json',
    JSON.stringify({
      images: [{ id: 397133, file_name: 'a.jpg', width: 6, height: 4 }],
      categories: [
        { id: 90, name: 'dog' },
        { id: 17, name: ' cat' },
      ],
      annotations: annotations.map((annotation, i) => ({ id: i, image_id: 397133, category_id: 17, ...annotation })),
      ...members,
    }),
  )
}

async function imported(annotations: readonly object[], options: object = {}) {
  const { report, photos } = await importOf({ format: 'coco', path: cocoFile(annotations), ...options })
  return { report, ...photos.get('a')! }
}

const square = [1, 1, 3, 1, 3, 3, 1, 3]

describe('COCO in', () => {
  test('polygons of one annotation are a union; categories keep their names, order and gaps', async () => {
    const { labels, mask, report } = await imported([
      { segmentation: [square, [2, 2, 5, 2, 5, 3, 2, 3]] },
      { category_id: 90, segmentation: [[5, 0, 6, 0, 6, 4, 5, 4]] },
    ])
    expect(report.classes).toEqual(['dog', 'cat'])
    expect(report.splits).toEqual({ val: 1 })
    expect(labels).toEqual(['dog', 'cat'])
    // prettier-ignore
    expect(mask).toEqual([
      0, 0, 0, 0, 0, 1,
      0, 2, 2, 0, 0, 1,
      0, 2, 2, 2, 2, 1,
      0, 0, 0, 0, 0, 1])
  })

  test.each([
    ['uncompressed', [0, 3, 1, 1, 1, 1, 1, 3, 13]],
    ['compressed', '031N0002<'], // pycocotools 2.0.11
  ])('%s runs go down the columns, and have holes', async (_, counts) => {
    const { mask } = await imported([{ segmentation: { size: [4, 6], counts } }])
    // prettier-ignore
    expect(mask).toEqual([
      2, 2, 2, 0, 0, 0,
      2, 0, 2, 0, 0, 0,
      2, 2, 2, 0, 0, 0,
      0, 0, 0, 0, 0, 0])
  })

  test('a crowd is void or of its class, below all objects, and its class is present', async () => {
    const crowd = { iscrowd: 1, segmentation: { size: [4, 6], counts: [0, 12, 12] } }
    const asVoid = await imported([{ category_id: 90, segmentation: [square] }, crowd])
    // prettier-ignore
    const expected = [
      255, 255, 255, 0, 0, 0,
      255, 1, 1, 0, 0, 0,
      255, 1, 1, 0, 0, 0,
      255, 255, 255, 0, 0, 0]
    expect(asVoid.mask).toEqual(expected)
    expect(asVoid.labels).toEqual(['dog', 'cat'])
    expect(asVoid.report.notes).toContain('1 crowds are void in the masks.')
    const asClass = await imported([{ category_id: 90, segmentation: [square] }, crowd], { crowd: 'class' })
    expect(asClass.mask).toEqual(expected.map(value => (value === 255 ? 2 : value)))
  })

  test('where objects overlap the smaller one is seen, in whatever order they come', async () => {
    const whole = { category_id: 90, segmentation: [[0, 0, 6, 0, 6, 4, 0, 4]] }
    const one = await imported([whole, { segmentation: [square] }])
    const other = await imported([{ segmentation: [square] }, whole])
    expect(one.mask).toEqual(other.mask)
    expect(one.mask!.filter(value => value === 2)).toHaveLength(4)
  })

  test('a box without a mask is void, and without any mask only labels are imported', async () => {
    const box = { bbox: [4, 0, 2, 2], segmentation: [] }
    const some = await imported([{ segmentation: [square] }, box])
    expect(some.mask!.slice(0, 6)).toEqual([0, 0, 0, 0, 255, 255])
    expect(some.report.notes).toContain('1 annotations have a box and no mask: their boxes are void.')
    const none = await imported([box])
    expect(none).toMatchObject({ labels: ['cat'], mask: undefined })
  })

  test('members may come in any order, with others and a byte order mark among them', async () => {
    const file = cocoFile([{ segmentation: [square] }], { info: { note: 'a "quoted" ] \\ } text' }, extra: [[1], {}] })
    const { annotations, ...rest } = JSON.parse(readFileSync(file, 'utf8')) as { annotations: unknown }
    data.file('instances_val2017.json', `\ufeff${JSON.stringify({ annotations, ...rest }, null, 2)}`)
    const { photos } = await importOf({ format: 'coco', path: data.folder })
    expect(photos.get('a')?.mask?.filter(value => value > 0)).toHaveLength(4)
  })

  test.each([
    ['runs of height and width in the wrong order', { segmentation: { size: [6, 4], counts: [24] } }, 'are of 4×6'],
    ['runs that do not cover the photo', { segmentation: { size: [4, 6], counts: [23] } }, 'cover 23 pixels'],
    ['damaged runs', { segmentation: { size: [4, 6], counts: 'oo' } }, 'break off'],
    // What Python's str() makes of the bytes that pycocotools encodes to.
    ['runs as the text of bytes', { segmentation: { size: [4, 6], counts: "b'031N0002<'" } }, 'damaged at character 2'],
    ['a corner at 1e7', { segmentation: [[0, 0, 1e7, 0, 4, 4]] }, 'has the coordinate 10000000, and the photo is 6×4'],
    ['a corner at −1e12', { segmentation: [[0, 0, 4, -1e12, 4, 4]] }, 'has the coordinate -1000000000000'],
    ['a line too long', { segmentation: [[0, 0, 1e6, 0, 0, 1, 1e6, 1, 0, 2, 1e6, 2]] }, 'is 6000000 pixels long'],
  ])('%s are told, and the photo keeps its labels', async (_, annotation, sentence) => {
    const { report, mask, labels } = await imported([annotation])
    expect(report.skipped).toMatchObject([{ what: 'mask', reason: expect.stringContaining(sentence) as string }])
    expect(report.skipped[0]?.reason).toMatch(/instances_val2017\.json, the annotation at byte \d+: /)
    expect({ mask, labels }).toEqual({ mask: undefined, labels: ['cat'] })
  })

  test('a box without an end is told', async () => {
    const { report } = await imported([{ segmentation: [square] }, { bbox: [0, 0, 1e308, 4], segmentation: [] }])
    expect(report.skipped[0]?.reason).toContain('has the coordinate 1e+308')
  })

  test('a photo of another size than announced keeps no mask', async () => {
    const images = [{ id: 397133, file_name: 'a.jpg', width: 4, height: 6 }]
    const path = cocoFile([{ segmentation: [square] }], { images })
    const { report } = await importOf({ format: 'coco', path })
    expect(report.skipped[0]?.reason).toContain('the annotations of a.jpg is 4×6, its photo 6×4')
  })

  test.each([
    ['{"images": [{"id": 1, "file_name": "a.jpg"}], "annotations": [{', 'breaks off at byte 63'],
    ['{"images": [{"id": 1}]}', 'images.file_name is missing'],
    ['{"images": [{"id": 1, "file_name": "a.jpg"}]}', 'the labels name no class'],
    ['{"images": [nonsense]}', 'is no JSON'],
    ['["images"]', 'is no JSON object at byte 0'],
  ])('a file that is %s is refused', async (text, sentence) => {
    const path = data.file('bad.json', text)
    await expect(importOf({ format: 'coco', path })).rejects.toThrow(new RegExp(sentence, 'i'))
  })

  test('stuff is a run-length mask a category and photo, and “other” is a category like any', async () => {
    // cocodataset.org, format-data: stuff has ids from 92, and 183 is what is of no stuff.
    const categories = [{ id: 92, name: 'banner', supercategory: 'textile' }, { id: 183, name: 'other' }] // prettier-ignore
    const annotations = [
      { id: 1, image_id: 397133, category_id: 92, segmentation: { size: [4, 6], counts: [0, 8, 16] } },
      { id: 2, image_id: 397133, category_id: 183, segmentation: { size: [4, 6], counts: [8, 16] } },
    ].map(annotation => ({ ...annotation, iscrowd: 0, area: 8, bbox: [0, 0, 2, 4] }))
    const { report, photos } = await importOf({ format: 'coco', path: cocoFile([], { categories, annotations }) })
    expect(report.classes).toEqual(['banner', 'other'])
    expect(photos.get('a')?.mask).toEqual([1, 1, 2, 2, 2, 2, 1, 1, 2, 2, 2, 2, 1, 1, 2, 2, 2, 2, 1, 1, 2, 2, 2, 2])
  })

  test('an annotation of a category that is not listed is refused by its id', async () => {
    await expect(imported([{ category_id: 3, segmentation: [square] }])).rejects.toThrow('is of category 3')
  })
})

describe('COCO out', () => {
  const size = { width: 6, height: 4 }
  // prettier-ignore
  const labels = Uint8Array.of(
    1, 1, 1, 0, 0, 2,
    1, 0, 1, 0, 0, 2,
    1, 1, 1, 0, 255, 0,
    0, 0, 0, 2, 0, 0)

  function mapFile(map: Uint8Array = labels, mapSize = size): string {
    return data.file(
      `map-${map.join('').length}-${map.reduce((sum, label) => sum + label, 0)}.png`,
      encodeLabelPng({ ...mapSize, labels: map }),
    )
  }

  test('instances.json is this, byte for byte', async () => {
    const out = join(temporaryFolder(), 'out')
    await exportOf('coco', { out, classes: ['cat', 'dog'], photos: [{ stem: 'a', blob: mapFile() }] })
    expect(readFileSync(join(out, 'instances.json'), 'utf8')).toBe(
      [
        '{"info":{"description":"Exported by Maskwright 0.1.0","version":"1.0"},',
        '"licenses":[],',
        '"categories":[{"id":1,"name":"cat","supercategory":""},{"id":2,"name":"dog","supercategory":""}],',
        '"images":[',
        '{"id":1,"file_name":"a.jpg","width":6,"height":4}],',
        '"annotations":[',
        '{"id":1,"image_id":1,"category_id":1,"segmentation":{"size":[4,6],"counts":"031N0002<"},"area":8,"bbox":[0,0,3,3],"iscrowd":0},',
        '{"id":2,"image_id":1,"category_id":2,"segmentation":{"size":[4,6],"counts":"d022"},"area":2,"bbox":[5,0,1,2],"iscrowd":0},',
        '{"id":3,"image_id":1,"category_id":2,"segmentation":{"size":[4,6],"counts":"?18"},"area":1,"bbox":[3,3,1,1],"iscrowd":0}]}',
        '',
      ].join('\n'),
    )
  })

  test('small parts are left out when asked for, and that is said', async () => {
    const out = join(temporaryFolder(), 'out')
    const options = { minimumArea: 3 }
    const photos = [{ stem: 'a', blob: mapFile() }]
    const { notes } = await exportOf('coco', { out, classes: ['cat', 'dog'], photos, options })
    expect(notes).toEqual([
      '2 objects of less than 3 pixels are left out.',
      '1 void pixels in 1 photos became background.',
    ])
    expect(readFileSync(join(out, 'instances.json'), 'utf8').match(/image_id/g)).toHaveLength(1)
  })

  test('a mask of another size than its photo is refused by name', async () => {
    const photos = [{ stem: 'a', blob: mapFile(labels, { width: 4, height: 6 }) }]
    await expect(exportOf('coco', { out: join(temporaryFolder(), 'out'), photos })).rejects.toThrow(
      'The mask of a is 4×6, the photo 6×4',
    )
  })

  test.each([
    ['part', 3],
    ['class', 2],
  ])('a panoptic picture holds the ids of every %s', async (objects, segments) => {
    const out = join(temporaryFolder(), 'out')
    const photos = [{ stem: 'a', blob: mapFile() }]
    await exportOf('coco-panoptic', { out, classes: ['cat', 'dog'], photos, options: { objects } })
    const json = JSON.parse(readFileSync(join(out, 'panoptic.json'), 'utf8')) as {
      annotations: { segments_info: { id: number; area: number; category_id: number }[] }[]
      categories: { isthing: number }[]
    }
    const [{ segments_info }] = json.annotations as [(typeof json.annotations)[0]]
    expect(segments_info).toHaveLength(segments)
    expect(json.categories[0]?.isthing).toBe(objects === 'part' ? 1 : 0)
    const { data: pixels, channels } = decode(readFileSync(join(out, 'panoptic', 'a.png')))
    expect(channels).toBe(3)
    for (const { id, area } of segments_info)
      expect(pixels.filter((_, i) => i % 3 === 0).filter(red => red === id)).toHaveLength(area)
  })

  test('ids of segments beyond 255 go on in green, and void is 0', async () => {
    const mapSize = { width: 40, height: 30 }
    const isDot = (i: number) => i % 2 === 0 && Math.floor(i / 40) % 2 === 0
    const map = Uint8Array.from({ length: 1200 }, (_, i) => (isDot(i) ? 1 : 255))
    const out = join(temporaryFolder(), 'out')
    const photos = [{ stem: 'a', blob: mapFile(map, mapSize), ...mapSize }]
    await exportOf('coco-panoptic', { out, classes: ['cat'], photos })
    const { data: pixels } = decode(readFileSync(join(out, 'panoptic', 'a.png')))
    const ids = [...map.keys()].map(i => pixels[3 * i]! + 256 * pixels[3 * i + 1]! + 65_536 * pixels[3 * i + 2]!)
    let dots = 0
    expect(ids).toEqual([...map].map(label => (label === 1 ? ++dots : 0)))
    expect(dots).toBe(300)
  })

  test('the background can be a category, and then 0 is void alone', async () => {
    const out = join(temporaryFolder(), 'out')
    const options = { background: 'category' }
    await exportOf('coco-panoptic', { out, classes: ['cat', 'dog'], photos: [{ stem: 'a', blob: mapFile() }], options })
    const text = readFileSync(join(out, 'panoptic.json'), 'utf8')
    expect(text).toContain('{"id":3,"name":"background","supercategory":"","isthing":0}')
    expect(text).toContain('{"id":4,"category_id":3,"area":12,"bbox":[0,0,6,4],"iscrowd":0}')
    const { data: pixels } = decode(readFileSync(join(out, 'panoptic', 'a.png')))
    expect([...labels.keys()].filter(i => pixels[3 * i] === 0)).toEqual([16])
  })

  test.each([
    [1, 'part'],
    [2, 'part'],
    [3, 'class'],
    [4, 'class'],
  ])('map %i leaves by %s and comes back, with holes and islands', async (seed, objects) => {
    const trip = { format: 'coco', file: 'instances.json', options: { objects } }
    const { left, back } = await maskRoundTrip(seed, trip)
    expect(back).toEqual(withoutVoid(left))
  })
})
