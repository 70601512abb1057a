import { expect, test } from 'vitest'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '../../../../tests/helpers/temporaryFolder'
import { resizeNearest } from '../../../shared/raster/resizeNearest'
import { encodeLabelPng } from '../../media/labelPng'
import { labelCrop } from './labelCrop'

const [width, height] = [23, 17]
const labels = Uint8Array.from({ length: width * height }, (_, i) => (i * 7) % 5)

function store(map: Uint8Array): string {
  const path = join(temporaryFolder(), 'labels.png')
  writeFileSync(path, encodeLabelPng({ labels: map, width, height }))
  return path
}

const plan = { resizedWidth: 30, resizedHeight: 22, flip: true, sourceX: 6, sourceY: 0, targetX: 0, targetY: 5 }
const input = { photo: 'cat-1', width, height, classes: 4, plan, crop: 24, stride: 4 }

/** The same by whole pictures: Pillow's nearest, mirror, paste on void, Pillow's nearest to a quarter. */
function byPictures(): Uint8Array {
  const { resizedWidth, resizedHeight, sourceX, targetY } = plan
  const resized = resizeNearest(labels, 1, { width, height }, { width: resizedWidth, height: resizedHeight }, 'centre')
  const canvas = new Uint8Array(24 * 24).fill(255)
  for (let y = targetY; y < 24; y++)
    for (let x = 0; x < 24; x++) {
      const row = (y - targetY) * resizedWidth
      canvas[y * 24 + x] = resized[row + resizedWidth - 1 - (x + sourceX)]!
    }
  return resizeNearest(canvas, 1, { width: 24, height: 24 }, { width: 6, height: 6 }, 'centre')
}

test('resized, mirrored, cropped and quartered in one go is the same as picture by picture', async () => {
  expect((await labelCrop({ ...input, path: store(labels) })).labels).toEqual(byPictures())
})

test('a label that no class has is refused by photo, value and place', async () => {
  const path = store(labels.with(30, 9))
  await expect(labelCrop({ ...input, path })).rejects.toThrow('label map of cat-1 has the label 9 at (7, 1)')
})

test('a label map of another size is refused', async () => {
  await expect(labelCrop({ ...input, height: 16, path: store(labels) })).rejects.toThrow('is 23×17, the photo 23×16')
})
