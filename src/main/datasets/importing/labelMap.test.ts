import { beforeEach, expect, test } from 'vitest'
import { importOf } from '../../../../tests/helpers/importOf'
import { TinyDataset } from '../../../../tests/helpers/tinyDataset'
import { encodeGreyPng, encodeRgbPng } from '../../media/indexedPng'
import { parseLabelMap } from './labelMap'

const size = { width: 6, height: 4 }
const rest = new Array<number>(18).fill(0)
const [black, cat, dog, void_] = [[0, 0, 0], [250, 50, 83], [1, 2, 3], [224, 224, 192]] as const // prettier-ignore

test.each([
  ['CVAT’s labelmap.txt', '# label:color_rgb:parts:actions\nbig cat:250,50,83:head,tail:\ndog:::\n'],
  ['a table with commas', 'name,r,g,b\nbig cat,250,50,83\ndog'],
  ['a table with other separators', 'Class;Red;Green;Blue\nbig cat;250; 50;83\ndog'],
  ['CamVid’s label_colors.txt', '250 50 83\tbig cat\ndog\n'],
  ['name and colour', 'big cat:250,50,83\r\ndog'],
])('%s names lines and their colours', (_, text) => {
  expect(parseLabelMap(text, 'file')).toEqual([
    { name: 'big cat', colour: 250 * 65_536 + 50 * 256 + 83 },
    { name: 'dog', colour: null },
  ])
})

test('a colon is part of a name that no colour follows, and a colour beyond 255 is refused with its line', () => {
  expect(parseLabelMap('cat: tabby\nsize 3', 'labels.txt').map(({ name }) => name)).toEqual(['cat: tabby', 'size 3'])
  const sentence = 'labels.txt: "cat 1 2 300" has no colour of three numbers'
  expect(() => parseLabelMap('cat 1 2 300', 'labels.txt')).toThrow(sentence)
})

let data: TinyDataset

beforeEach(async () => {
  data = new TinyDataset()
  await data.photo('images/a.jpg')
  data.file('labels.csv', 'image,labels\na,dog;cat\n')
})

const imported = () => importOf({ format: 'csv', path: data.folder, masks: data.path('masks') })
const coloured = (...colours: readonly (readonly number[])[]) => {
  const pixels = [...colours, ...new Array<typeof black>(24 - colours.length).fill(black)].flat()
  return data.file('masks/a.png', encodeRgbPng(size, Uint8Array.from(pixels)))
}

test.each([
  ['masks/labelmap.txt', 'background:0,0,0::\ncat:250,50,83::\ndog:1,2,3::\nignored:224,224,192::\n'],
  ['masks/labels.txt', 'background,0,0,0\ncat,250,50,83\ndog,1,2,3\n__ignore__,224,224,192\n'],
  ['class_dict.csv', 'name,r,g,b\ncat,250,50,83\nbackground,0,0,0\ndog,1,2,3\n__ignore__,224,224,192\n'],
  ['label_colors.txt', '0 0 0 background\n250 50 83 cat\n1 2 3 dog\n224 224 192 __ignore__\n'],
])('masks in the colours of %s are read by them', async (file, text) => {
  data.file(file, text)
  coloured(cat, cat, dog, black, void_)
  const { report, photos } = await imported()
  expect(report).toMatchObject({ classes: ['cat', 'dog'], masks: 1, skipped: [] })
  expect(photos.get('a')?.mask).toEqual([1, 1, 2, 0, 255, 0, ...rest])
})

test('a colour that the label map lacks is told with its place and what to do', async () => {
  data.file('masks/labelmap.txt', 'background:0,0,0::\ncat:250,50,83::\n')
  coloured(cat, dog)
  const { report, photos } = await imported()
  expect(report.skipped).toMatchObject([
    { what: 'mask', reason: expect.stringContaining('#010203 at (1, 0), which is none of the label map’s: add it') as string },
  ]) // prettier-ignore
  expect(photos.get('a')).toEqual({ labels: ['cat', 'dog'], mask: undefined })
})

test.each([
  ['where the background has a line', 'cat,250,50,83\nbackground,0,0,0\ndog,1,2,3\n', [0, 0, 2, 1]],
  ['from 1 where it has none', 'cat,250,50,83\ndog,1,2,3\n', [1, 1, 2, 0]],
])('grey masks hold the places of the lines, %s', async (_, text, values) => {
  data.file('masks/labels.txt', text)
  const background = text.includes('background') ? 1 : 0
  const grey = Uint8Array.from([...values, ...new Array<number>(20).fill(background)])
  data.file('masks/a.png', encodeGreyPng(size, grey))
  const { photos } = await imported()
  expect(photos.get('a')?.mask).toEqual([1, 1, 2, 0, 0, 0, ...rest])
})
