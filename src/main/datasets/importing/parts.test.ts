import { expect, test } from 'vitest'
import { countValues, maskLookup, relabel } from './maskLookup'
import { parseLabelMap } from './labelMap'
import { maskNames } from './maskNames'
import { orderClasses } from './orderClasses'
import { isPhotoName, PhotoIndex, stemOf } from './photoFiles'
import { parseSplitList } from './splitList'
import { vocClasses } from '../voc/vocClasses'

test('a list names a photo a line, before a flag or a mask', () => {
  expect(parseSplitList('2007_000032\r\n\n# comment\n2007_000033 \n2007_000032\n', '/lists/train.txt')).toEqual({
    split: 'train',
    names: ['2007_000032', '2007_000033'],
  })
  const augmented = '/JPEGImages/a.jpg /SegmentationClassAug/a.png\n/JPEGImages/b.jpg /SegmentationClassAug/b.png'
  expect(parseSplitList(augmented, 'train_aug.txt').names).toEqual(['/JPEGImages/a.jpg', '/JPEGImages/b.jpg'])
  expect(parseSplitList('a -1\nmy photo.jpg 1', 'cat_val.txt')).toEqual({
    split: 'cat_val',
    names: ['a', 'my photo.jpg'],
  })
})

test.each([
  ['background\ncat\ndog\n', ['cat', 'dog']],
  ['__ignore__\n_background_\ncat\n', ['cat']],
  ['# label:color_rgb:parts:actions\nbackground:0,0,0::\ncat:64,0,0::\n', ['cat']],
  ['cat\ndog', ['cat', 'dog']],
])('mask names %j are %j', (text, names) => {
  expect(maskNames(parseLabelMap(text, 'labels.txt'))).toEqual(names)
})

test('mask values follow names, and what was left out becomes void', () => {
  const lookup = maskLookup(['dog', 'cat'], ['bird', 'cat', 'dog'])
  expect([...relabel(Uint8Array.of(0, 1, 2, 3, 4, 255), lookup)]).toEqual([0, 255, 2, 1, 255, 255])
  expect([...countValues(Uint8Array.of(3, 3, 0)).subarray(0, 4)]).toEqual([1, 0, 0, 2])
  expect([...relabel(Uint8Array.of(0, 1, 2, 3), maskLookup(['dog', 'cat'], undefined))]).toEqual([0, 1, 2, 255])
})

test('classes take the order that people know', () => {
  expect(orderClasses(['dog', 'cat', 'dog'], undefined)).toEqual(['cat', 'dog'])
  expect(orderClasses(['sheep', 'person', 'cow'], undefined)).toEqual(['cow', 'person', 'sheep'])
  expect(orderClasses(['zebra', 'cat'], undefined)).toEqual(['cat', 'zebra'])
  expect(orderClasses(['zebra', 'cat'], ['zebra', 'lion', 'cat'])).toEqual(['zebra', 'lion', 'cat'])
  expect(orderClasses(['dog', 'cat'], vocClasses)).toEqual(['cat', 'dog'])
  expect(orderClasses([], vocClasses)).toBe(vocClasses)
})

test('photos are known by any ending, and stems keep their other dots', () => {
  expect(['a.JPG', 'b.jpeg', 'c.tiff', 'd.txt', '._e.jpg', 'f'].map(isPhotoName)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ])
  expect(stemOf('dir/2007.000032.JPG')).toBe('2007.000032')
  expect(stemOf('v1.2')).toBe('v1.2')
})

test('a photo is found by path, name or stem, and a name of several photos finds them all', () => {
  const photos = ['cat/a.jpg', 'dog/a.jpg', 'dog/b.1.JPG'].map(name => ({
    path: `/x/${name}`,
    name,
    stem: stemOf(name),
  }))
  const index = new PhotoIndex(photos)
  const find = (name: string) => index.find(name).map(photo => photo.name)
  expect(find('cat/a.jpg')).toEqual(['cat/a.jpg'])
  expect(find('./dog/a')).toEqual(['dog/a.jpg'])
  expect(find('C:\\photos\\dog\\a.jpg')).toEqual(['dog/a.jpg'])
  expect(find('b.1')).toEqual(['dog/b.1.JPG'])
  expect(find('b.1.jpg')).toEqual(['dog/b.1.JPG'])
  expect(find('a.jpg')).toEqual(['cat/a.jpg', 'dog/a.jpg'])
  expect(find('c')).toEqual([])
})
