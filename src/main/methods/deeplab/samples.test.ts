import { expect, test } from 'vitest'
import { drawSample } from './samples'

const photo = { width: 500, height: 375 }
const options = { crop: 256, longestSide: 320, scaleRange: [0.5, 1.5] as [number, number], scaleStep: 0 }
const keys = Array.from({ length: 400 }, (_, photo) => ({ seed: 1, epoch: 0, photo }))

test('the long side is drawn from the whole range', () => {
  const sides = keys.map(key => drawSample(photo, options, key).resizedWidth)
  expect(Math.min(...sides)).toBeGreaterThanOrEqual(160)
  expect(Math.max(...sides)).toBeLessThanOrEqual(480)
  expect(new Set(sides).size).toBeGreaterThan(150)
})

test('in steps of a quarter there are the five sizes of DeepLabV2, of the photo as it is', () => {
  const sizes = keys.map(key => drawSample(photo, { ...options, longestSide: null, scaleStep: 0.25 }, key))
  expect([...new Set(sizes.map(({ resizedWidth }) => resizedWidth))].sort((a, b) => a - b)).toEqual([
    250, 375, 500, 625, 750,
  ])
})

test('another epoch draws another crop, as does a photo that comes again in one, the same one again the same', () => {
  const key = { seed: 1, epoch: 3, photo: 7 }
  expect(drawSample(photo, options, key)).toEqual(drawSample(photo, options, key))
  expect(drawSample(photo, options, { ...key, epoch: 4 })).not.toEqual(drawSample(photo, options, key))
  expect(drawSample(photo, options, { ...key, repeat: 1 })).not.toEqual(drawSample(photo, options, key))
  expect(drawSample(photo, options, { ...key, repeat: 0 })).toEqual(drawSample(photo, options, key))
})
