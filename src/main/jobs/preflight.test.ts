import { expect, test } from 'vitest'
import { methods } from '../methods/index'
import { checkRecipe } from './recipes'
import { preflight } from './preflight'

const plan = checkRecipe({ title: 'CAM', steps: [{ method: 'classifier' }, { method: 'cam' }] }, methods)
const nine = { split: 'all', photos: 9, classes: [{ name: 'cat', images: 9 }], unlabelled: [] }
const warned = (...unseen: readonly string[]) =>
  preflight({ ...nine, classes: [...nine.classes, ...unseen.map(name => ({ name, images: 0 }))] }, plan, methods)

test('classes without a photo are told of in one sentence, however many there are', () => {
  expect(warned()).toEqual([])
  expect(warned('dog')).toEqual([
    'No photo shows "dog": no maps can be made for it. Import photos of it, or leave the class out.',
  ])
  expect(warned('a', 'b', 'c', 'd')).toEqual([
    'No photo shows "a", "b", "c", "d": no maps can be made for them. Import photos of them, or leave these classes out.',
  ])
  expect(warned('a', 'b', 'c', 'd', 'e')[0]).toContain('"a", "b", "c" and 2 more:')
})

test('nothing to learn from stops a run before it begins', () => {
  expect(() => preflight({ ...nine, split: 'val', photos: 0, classes: [] }, plan, methods)).toThrow(
    'The split "val" has no photos',
  )
  expect(() => preflight({ ...nine, photos: 3, classes: [{ name: 'cat', images: 0 }] }, plan, methods)).toThrow(
    '3 photos and no label',
  )
})

test('photos of which nobody has said what they show are named in one sentence, where something is learned from labels', () => {
  const told = (recipe: typeof plan, ...unlabelled: string[]) => preflight({ ...nine, unlabelled }, recipe, methods)
  expect(told(plan, 'a')).toEqual([
    'Nobody has said what 1 photo shows (a): training leaves it out. Set labels, also where a class is absent, or import it with labels.',
  ])
  expect(told(plan, 'a', 'b', 'c', 'd', 'e')[0]).toMatch(/^Nobody has said what 5 photos show \(a, b, c and 2 more\)/)
  const imported = [{ method: 'import', options: { folder: '/cams' } }, { method: 'threshold' }]
  expect(told(checkRecipe({ title: 'Import', steps: imported }, methods), 'a')).toEqual([])
  expect(
    told(checkRecipe({ title: 'Network', steps: [...imported, { method: 'deeplab' }] }, methods), 'a'),
  ).toHaveLength(1)
})
