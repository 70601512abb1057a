import { expect, test } from 'vitest'
import { importOf } from '../../../../tests/helpers/importOf'
import { TinyDataset } from '../../../../tests/helpers/tinyDataset'
import { labelsOfObjects, parseAnnotation } from './annotations'
import { parseClassList } from './classLists'
import { areVocClasses, vocClasses } from './vocClasses'

test('an annotation’s objects are read, and the names of their parts are not', () => {
  const xml = `<?xml version="1.0"?>
    <annotation>
      <filename>a.jpg</filename>
      <object>
        <name> person </name>
        <part><name>head</name><bndbox><xmin>1</xmin></bndbox></part>
        <difficult>0</difficult>
      </object>
      <object><difficult>1</difficult><name>dog &amp; cat</name></object>
      <object><name>horse</name></object>
    </annotation>`
  expect(parseAnnotation(xml)).toEqual([
    { name: 'person', difficult: false },
    { name: 'dog & cat', difficult: true },
    { name: 'horse', difficult: false },
  ])
})

test('an annotation that breaks off, or has an object without a name, is refused', () => {
  expect(() => parseAnnotation('<annotation><object><name>cat')).toThrow()
  expect(() => parseAnnotation('<annotation><object><difficult>1</difficult></object></annotation>')).toThrow('no name')
})

test('a class is difficult only when none of its objects is plain', () => {
  const objects = [
    { name: 'cat', difficult: true },
    { name: 'cat', difficult: false },
    { name: 'dog', difficult: true },
  ]
  expect(labelsOfObjects(objects, 'present')).toEqual({ present: ['cat', 'dog'], unknown: [] })
  expect(labelsOfObjects(objects, 'absent')).toEqual({ present: ['cat'], unknown: [] })
  expect(labelsOfObjects(objects, 'unknown')).toEqual({ present: ['cat'], unknown: ['dog'] })
})

test('class lists have a flag behind every photo', () => {
  expect(parseClassList('2007_000027 -1\n2007_000032  1\n2007_000033  0\n', 'cat_train.txt')).toEqual([
    { photo: '2007_000027', flag: -1 },
    { photo: '2007_000032', flag: 1 },
    { photo: '2007_000033', flag: 0 },
  ])
  expect(() => parseClassList('a 1\nb 2', 'cat_train.txt')).toThrow('Line 2 of cat_train.txt is "b 2"')
})

test('VOC’s classes have the values of its masks', () => {
  expect(vocClasses).toHaveLength(20)
  expect(['aeroplane', 'cat', 'person', 'tvmonitor'].map(name => vocClasses.indexOf(name) + 1)).toEqual([1, 8, 15, 20])
  expect(areVocClasses(['cat', 'dog'])).toBe(true)
  expect(areVocClasses(['cat', 'giraffe'])).toBe(false)
})

test('an annotation belongs to the photo of its own name, whatever its filename says', async () => {
  // X-AnyLabeling#1334: a name without its ending, and one with another dot in it, cut at the wrong one.
  const data = new TinyDataset()
  const object = '<object><name>cat</name></object>'
  for (const [stem, named] of [
    ['frame_1', 'frame_1'],
    ['v1.2_frame', 'v1'],
    ['nameless', ''],
  ] as const) {
    // prettier-ignore
    await data.photo(`JPEGImages/${stem}.jpg`, { shade: stem.length })
    const filename = named === '' ? '' : `<filename>${named}</filename>`
    data.file(`Annotations/${stem}.xml`, `<annotation>${filename}${object}</annotation>`)
  }
  const { report, photos } = await importOf({ format: 'voc', path: data.folder })
  expect([...photos]).toEqual(
    ['frame_1', 'nameless', 'v1.2_frame'].map(stem => [stem, { labels: ['cat'], mask: undefined }]),
  )
  expect(report.skipped).toEqual([])
})
