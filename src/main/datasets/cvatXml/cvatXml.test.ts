import { beforeEach, expect, test } from 'vitest'
import { importOf } from '../../../../tests/helpers/importOf'
import { TinyDataset } from '../../../../tests/helpers/tinyDataset'

let data: TinyDataset

beforeEach(async () => {
  data = new TinyDataset()
  await data.photo('images/a.jpg')
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

test.each([
  ['1,2', 3],
  ['1,2,9', 12],
])('runs %s, which are not as long as their box, are told', async (rle, pixels) => {
  const path = xml(`<mask label="dog" rle="${rle}" left="1" top="1" width="3" height="2"/>`)
  const { report } = await importOf({ format: 'cvat-xml', path })
  expect(report.skipped[0]?.reason).toContain(`its runs cover ${pixels} pixels, its box is 3×2`)
})

test.each([
  ['<mask label="dog" rle="10000000000" left="0" top="0" width="10000000000" height="1"/>', 'its box is 10000000000×1'],
  ['<mask label="dog" rle="6" left="0" top="0.5" width="3" height="2"/>', 'hold 0.5, which is no whole number'],
  ['<mask label="dog" rle="-6,12" left="0" top="0" width="3" height="2"/>', 'hold -6, which is no whole number'],
  ['<mask label="dog" rle="6" left="none" top="0" width="3" height="2"/>', 'mask of "dog": left is "none"'],
  ['<box label="dog" xtl="0" ytl="0" xbr="1e999" ybr="1"/>', 'box of "dog": xbr is "1e999"'],
  ['<box label="dog" xtl="0" ytl="0" xbr="1e12" ybr="1"/>', 'has the coordinate 1000000000000, and the photo is 6×4'],
  ['<polygon label="dog" points="0,0;NaN,0;1,1"/>', 'polygon of "dog": points is "0,0;NaN,0;1,1"'],
  ['<polygon label="dog" points="0,0;3,0;1,1" z_order="top"/>', 'polygon of "dog": z_order is "top"'],
])('the numbers of %s cost one photo its mask, and no other', async (shape, sentence) => {
  await data.photo('images/b.jpg', { shade: 5 })
  const image = (name: string, shapes: string) => `<image name="${name}" width="6" height="4">${shapes}</image>`
  const cat = '<box label="cat" xtl="0" ytl="0" xbr="6" ybr="4"/>'
  const path = data.file('two.xml', `<annotations>${image('a.jpg', shape)}${image('b.jpg', cat)}</annotations>`)
  const { report, photos } = await importOf({ format: 'cvat-xml', path })
  expect(report.skipped).toMatchObject([{ what: 'mask', reason: expect.stringContaining(sentence) as string }])
  expect(photos.get('a')).toEqual({ labels: ['dog'], mask: undefined })
  expect(photos.get('b')?.mask).toEqual(new Array<number>(24).fill(2))
})

/** Masks as CVAT's own pages show them. */
const published = [
  {
    // CVAT, format-cvat: 13 × 15 = 195.
    ...{ left: 707, top: 888, width: 13, height: 15 },
    rle: '3, 5, 7, 7, 5, 9, 3, 11, 2, 11, 2, 12, 1, 12, 1, 26, 1, 12, 1, 12, 2, 11, 3, 9, 5, 7, 7, 5, 3',
    rows: ['...#####.....', '..#######....', '.#########...'],
    last: '.....#####...',
    area: 149,
  },
  {
    // cvat#4723: 40 × 40 = 1600.
    ...{ left: 79, top: 304, width: 40, height: 40 },
    rle: '17, 10, 27, 15, 23, 18, 20, 21, 18, 23, 16, 24, 15, 26, 13, 27, 13, 27, 12, 29, 10, 30, 9, 32, 7, 34, 5, 36, 3, 38, 2, 38, 2, 39, 1, 39, 1, 120, 1, 39, 1, 39, 1, 39, 2, 38, 2, 38, 3, 37, 3, 37, 3, 37, 4, 36, 4, 35, 6, 34, 7, 33, 7, 32, 9, 30, 10, 29, 13, 26, 15, 23, 18, 20, 22, 15, 12',
    rows: [
      '.................##########.............',
      '..............###############...........',
      '............##################..........',
    ],
    last: '.............###############............',
    area: 1243,
  },
]

test.each(published)('the published mask of $width × $height is read at its place', async mask => {
  const { left, top, width, height, rle, rows, last, area } = mask
  const size = { width: left + width + 3, height: top + height + 2 }
  await data.photo('images/a.jpg', size)
  const path = data.file(
    'annotations.xml',
    `<annotations><meta><task><labels><label><name>car</name></label></labels></task></meta>` +
      `<image id="0" name="images/a.jpg" width="${size.width}" height="${size.height}"><mask label="car" ` +
      `rle="${rle}" left="${left}" top="${top}" width="${width}" height="${height}" z_order="0"/></image></annotations>`,
  )
  const { photos } = await importOf({ format: 'cvat-xml', path })
  const labels = photos.get('a')!.mask!
  const row = (y: number) => {
    const start = (top + y) * size.width + left
    return labels.slice(start, start + width).map(label => '.#'[label]).join('') // prettier-ignore
  }
  expect(rows.map((_, y) => row(y))).toEqual(rows)
  expect(row(height - 1)).toBe(last)
  expect(labels.filter(label => label === 1)).toHaveLength(area)
})
