import { expect, test } from 'vitest'
import { methods } from '../methods/index'
import { checkRecipe } from './recipes'
import { preflight } from './preflight'

const plan = checkRecipe({ title: 'CAM', steps: [{ method: 'classifier' }, { method: 'cam' }] }, methods)
const warned = (...unseen: readonly string[]) =>
  preflight(
    { split: 'all', photos: 9, classes: [{ name: 'cat', images: 9 }, ...unseen.map(name => ({ name, images: 0 }))] },
    plan,
    methods,
  )

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
  expect(() => preflight({ split: 'val', photos: 0, classes: [] }, plan, methods)).toThrow(
    'The split "val" has no photos',
  )
  expect(() => preflight({ split: 'all', photos: 3, classes: [{ name: 'cat', images: 0 }] }, plan, methods)).toThrow(
    '3 photos and no label',
  )
})
