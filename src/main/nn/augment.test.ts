import { expect, test } from 'vitest'
import { type CropOptions, drawCrop, epochOrder } from './augment'

const options: CropOptions = { minimumLongSide: 320, maximumLongSide: 640, cropSize: 512 }
const photo = { width: 500, height: 375 }
const draw = (index: number, epoch = 0, seed = 1) => drawCrop(photo, options, { seed, epoch, photo: index })
const draws = Array.from({ length: 4000 }, (_, index) => draw(index))

test('a draw depends on seed, epoch and photo, and on nothing else', () => {
  expect(draw(3)).toEqual(draw(3))
  expect(draw(3)).not.toEqual(draw(4))
  expect(draw(3)).not.toEqual(draw(3, 1))
  expect(draw(3)).not.toEqual(draw(3, 0, 2))
})

test('the long side is uniform over 320 … 640, both included, and the short side is rounded half to even', () => {
  const sides = draws.map(({ resizedWidth }) => resizedWidth)
  expect([Math.min(...sides), Math.max(...sides)]).toEqual([320, 640])
  expect(sides.reduce((total, side) => total + side, 0) / sides.length).toBeGreaterThan(475)
  expect(sides.reduce((total, side) => total + side, 0) / sides.length).toBeLessThan(485)
  const half = { ...options, minimumLongSide: 250, maximumLongSide: 250 }
  expect(drawCrop(photo, half, { seed: 1, epoch: 0, photo: 0 }).resizedHeight).toBe(188) // 187.5
  const oneAndHalf = { ...options, minimumLongSide: 750, maximumLongSide: 750 }
  expect(drawCrop(photo, oneAndHalf, { seed: 1, epoch: 0, photo: 0 }).resizedHeight).toBe(562) // 562.5
})

test('half of the photos are flipped', () => {
  const flipped = draws.filter(({ flip }) => flip).length
  expect(flipped).toBeGreaterThan(1880) // 2000 ± 4 standard deviations
  expect(flipped).toBeLessThan(2120)
})

test('a crop lies inside the larger photo, a smaller photo lies inside the canvas, and all offsets occur', () => {
  const offsets = draws.map(plan => {
    const { resizedWidth, sourceX, targetX, resizedHeight, sourceY, targetY } = plan
    const space = resizedWidth - options.cropSize
    expect(space > 0 ? targetX : sourceX).toBe(0)
    expect(space > 0 ? sourceX <= space : targetX <= -space).toBe(true)
    expect(resizedHeight > options.cropSize ? targetY : sourceY).toBe(0)
    return space > 0 ? sourceX / space : space < 0 ? targetX / -space : 0.5
  })
  expect([Math.min(...offsets), Math.max(...offsets)]).toEqual([0, 1])
})

test('an epoch visits every photo once, in an order of its own', () => {
  const first = epochOrder(100, { seed: 1, epoch: 0 })
  expect([...first].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i))
  expect(epochOrder(100, { seed: 1, epoch: 0 })).toEqual(first)
  expect(epochOrder(100, { seed: 1, epoch: 1 })).not.toEqual(first)
})
