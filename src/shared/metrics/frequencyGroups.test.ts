import { expect, test } from 'vitest'
import { groupsByFrequency, meansByGroup } from './frequencyGroups'

const voc = ['person', 'chair', 'dog', 'car', 'cat', 'bottle', 'bird', 'sofa', 'diningtable', 'aeroplane'].concat([
  'tvmonitor',
  'pottedplant',
  'bicycle',
  'train',
  'motorbike',
  'boat',
  'horse',
  'bus',
  'sheep',
  'cow',
])
const photos = [4155, 1228, 1188, 1150, 1005, 714, 705, 649, 613, 590, 567, 522, 504, 503, 492, 468, 445, 393, 300, 267]

test('VOC trainaug has 6, 6 and 8 classes in its groups', () => {
  const groups = groupsByFrequency(photos)
  const named = (group: string) => voc.filter((_, c) => groups[c] === group)
  expect(named('many')).toEqual(['person', 'chair', 'dog', 'car', 'cat', 'bottle'])
  expect(named('medium')).toEqual(['bird', 'sofa', 'diningtable', 'aeroplane', 'tvmonitor', 'pottedplant'])
  expect(named('few')).toHaveLength(8)
})

test('80 classes part into 22, 33 and 25, 79 into 24, 24 and 31; 6 into 2, 2 and 2, in whatever order they stand', () => {
  const sizes = (counts: readonly number[]) => {
    const groups = groupsByFrequency(counts)
    return ['many', 'medium', 'few'].map(group => groups.filter(each => each === group).length)
  }
  expect(sizes(Array.from({ length: 80 }, (_, c) => 1000 - c))).toEqual([22, 33, 25])
  expect(sizes(Array.from({ length: 79 }, (_, c) => 1000 - c))).toEqual([24, 24, 31])
  expect(groupsByFrequency([6, 120, 45, 12, 80, 25])).toEqual(['few', 'many', 'medium', 'few', 'many', 'medium'])
})

test('a group’s mean leaves out classes without a value', () => {
  const groups = groupsByFrequency([120, 80, 45, 25, 12, 6])
  expect(meansByGroup([0.5, 0.7, null, 0.2, null, null], groups)).toEqual({ many: 0.6, medium: 0.2, few: null })
})
