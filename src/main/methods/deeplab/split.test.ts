import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { DatasetImage } from '../../../shared/contract/dataset'
import { splitByHash } from './split'

const images = Array.from({ length: 437 }, (_, id): DatasetImage => {
  const sha256 = createHash('sha256').update(String(id)).digest('hex')
  return { id, stem: `photo-${id}`, path: '', width: 1, height: 1, labels: [], sha256 }
})

test('a fifth of 437 photos is 87, the same ones in any order', () => {
  const { training, heldOut } = splitByHash(images, 0.2)
  expect([training.length, heldOut.length]).toEqual([350, 87])
  const turned = splitByHash(images.toReversed(), 0.2).heldOut.map(({ id }) => id)
  expect(turned.toReversed()).toEqual(heldOut.map(({ id }) => id))
})

test('nothing is held out unless asked for, and more is held out besides what was', () => {
  expect(splitByHash(images, 0).heldOut).toEqual([])
  const larger = new Set(splitByHash(images, 0.3).heldOut)
  expect(splitByHash(images, 0.2).heldOut.every(image => larger.has(image))).toBe(true)
})

test('one photo is left to train on, however many are to be held out', () => {
  expect(splitByHash(images.slice(0, 1), 0.5)).toEqual({ training: images.slice(0, 1), heldOut: [] })
  expect(splitByHash([], 0.5)).toEqual({ training: [], heldOut: [] })
})
