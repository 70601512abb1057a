import { expect, test } from 'vitest'
import { imagePoint, screenPoint } from './points'
import { centred, fitted, panned, toImage, toScreen, zoomedAt } from './viewport'

const photo = { width: 400, height: 200 }
const view = { width: 1000, height: 600 }

test('a fitted photo fills the narrower direction and is centred in the other', () => {
  // 1000 − 2 · 20 = 960 CSS px for 400 px: 2.4; 200 px · 2.4 = 480, so 60 above and below
  expect(fitted(photo, view, 20)).toEqual({ zoom: 2.4, x: 20, y: 60 })
})

test('a view smaller than its margins still shows something', () => {
  expect(fitted(photo, { width: 10, height: 10 }, 20).zoom).toBe(0.01)
})

test('screen and photo are each other’s inverse', () => {
  const viewport = { zoom: 0.5, x: 30, y: -10 }
  expect(toImage(screenPoint(80, 40), viewport)).toEqual([100, 100])
  expect(toScreen(imagePoint(100, 100), viewport)).toEqual([80, 40])
})

test('zooming keeps the pixel under the pointer', () => {
  const at = screenPoint(300, 250)
  const before = centred(photo, view, 1)
  const after = zoomedAt(before, at, 8)
  expect(after.zoom).toBe(8)
  expect(toImage(at, after)).toEqual(toImage(at, before))
})

test('zoom ends where a pixel is as large as a thumbnail', () => {
  expect(zoomedAt({ zoom: 60, x: 0, y: 0 }, screenPoint(0, 0), 120).zoom).toBe(64)
})

test('a photo cannot be dragged out of the view', () => {
  expect(panned({ zoom: 1, x: 0, y: 0 }, 5000, -5000, photo, view)).toEqual({ zoom: 1, x: 968, y: -168 })
})
