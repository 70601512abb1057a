import { expect, test } from 'vitest'
import { connectedSegments } from './connectedSegments'
import { floodRegion } from './floodRegion'
import { labColours } from './labColours'
import { regionPixels } from './region'
import type { RgbImage } from './size'
import { superpixels } from './superpixels'

const settings = { spacing: 8, compactness: 10, iterations: 10 }

test('colours are those of the CIELAB of sRGB', () => {
  // white, black, the primaries and a grey, as colour tables give them (D65)
  const data = Uint8Array.of(255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 119, 119, 119)
  const lab = labColours({ data, width: 6, height: 1 })
  const expected = [
    [100, 0, 0],
    [0, 0, 0],
    [53.24, 80.09, 67.2],
    [87.73, -86.18, 83.18],
    [32.3, 79.19, -107.86],
    [50.03, 0, 0],
  ].flat()
  expect([...lab]).toEqual(expected.map(value => expect.closeTo(value, 1)))
})

/** 64×48: two slanted halves of clearly different colours, with a little noise. */
const halves: RgbImage = {
  width: 64,
  height: 48,
  data: Uint8Array.from({ length: 64 * 48 * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3)
    return (isRight(pixel) ? [200, 120, 60] : [40, 90, 160])[i % 3]! + ((i * 7919) % 13)
  }),
}
function isRight(pixel: number): boolean {
  return (pixel % 64) + Math.floor(pixel / 64) / 3 > 37.5
}

test('no superpixel crosses a clear edge, and there are about as many as were asked for', () => {
  const { ids, count } = superpixels(halves, settings)
  const sides = Array.from({ length: count }, () => new Set<boolean>())
  ids.forEach((id, pixel) => sides[id]!.add(isRight(pixel)))
  expect(sides.map(side => side.size)).toEqual(new Array(count).fill(1))
  expect(count).toBeGreaterThan(35) // 48 were begun
  expect(count).toBeLessThan(60)
})

test('every superpixel is connected and none is smaller than a quarter of a cell', () => {
  const { ids, count } = superpixels(halves, settings)
  for (let id = 0; id < count; id++) {
    const pixels = ids.filter(other => other === id).length
    const region = floodRegion(halves, ids.indexOf(id), pixel => ids[pixel] === id, false)
    expect([id, regionPixels(region)]).toEqual([id, pixels])
    expect(pixels).toBeGreaterThanOrEqual(16)
  }
})

test('without any colour they are the cells of the grid', () => {
  const { ids, count } = superpixels({ width: 20, height: 10, data: new Uint8Array(600) }, { ...settings, spacing: 5 })
  expect(count).toBe(8)
  expect([...new Set(ids)]).toHaveLength(8)
  for (let id = 0; id < 8; id++) expect(ids.filter(other => other === id)).toHaveLength(25)
})

test('parts that are cut off are their own, and small ones join what was before them', () => {
  const ids = Int32Array.of(0, 0, 1, 0, 0, 2, 1, 0, 0, 0, 1, 1)
  expect(connectedSegments(ids, { width: 4, height: 3 }, 1)).toEqual({
    ids: Int32Array.of(0, 0, 1, 2, 0, 3, 1, 2, 0, 0, 1, 1),
    count: 4,
  })
  expect(connectedSegments(ids, { width: 4, height: 3 }, 2)).toEqual({
    ids: Int32Array.of(0, 0, 1, 2, 0, 0, 1, 2, 0, 0, 1, 1),
    count: 3,
  })
})

test('it can be ended between rounds, and refuses what makes no sense', () => {
  let rounds = 0
  const stop = () => {
    if (++rounds === 3) throw new DOMException('cancelled', 'AbortError')
  }
  expect(() => superpixels(halves, settings, stop)).toThrow('cancelled')
  expect(() => superpixels({ ...halves, width: 63 }, settings)).toThrow('9216 bytes are no photo of 63×48')
  expect(() => superpixels(halves, { ...settings, spacing: 1 })).toThrow('at least 2')
})
