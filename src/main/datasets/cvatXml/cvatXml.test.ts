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
