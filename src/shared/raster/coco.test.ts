import { describe, expect, test } from 'vitest'
import { golden } from '../../../tests/helpers/golden'
import { randomLabels } from '../../../tests/helpers/randomLabels'
import { decodeCocoCounts, encodeCocoCounts } from './cocoCounts'
import { cocoPolygonCounts } from './cocoPolygon'
import { cocoRegions, paintCocoRuns } from './cocoRuns'
import type { Size } from './size'

const { masks, polygons } = golden<{
  masks: { size: [number, number]; counts: string; area: number; bbox: number[] }[]
  polygons: { size: [number, number]; polygon: number[]; counts: string }[]
}>('coco.json')

/** `tests/golden/coco.py`'s masks. */
function goldenMask({ width, height }: Size): Uint8Array {
  const mask = Uint8Array.from({ length: width * height }, (_, i) => Number(((i * 7919 + 13) % 1009) % 3 === 0))
  for (let y = Math.floor(height / 2); y < height; y++)
    mask.fill(1, y * width + Math.floor(width / 4), y * width + Math.floor(width / 2))
  return mask
}

describe('COCO’s compressed run lengths', () => {
  test.each([
    [[2, 5, 4, 1], '254L'],
    [[0, 6], '06'],
    [[6], '6'],
    [[1000, 40, 960, 41], 'Xo0X1Pn01'],
  ])('%j is %s', (counts, text) => {
    expect(encodeCocoCounts(counts)).toBe(text)
    expect(decodeCocoCounts(text)).toEqual(counts)
  })

  test('run down the columns: rows 0110, 0100, 1101 are 2, 5, 4, 1', () => {
    const mask = Uint8Array.of(0, 1, 1, 0, 0, 1, 0, 0, 1, 1, 0, 1)
    expect(cocoRegions(mask, { width: 4, height: 3 }).get(1)).toEqual({
      counts: [2, 5, 4, 1],
      area: 6,
      box: [0, 0, 4, 3],
    })
  })

  test.each(masks)('are those of pycocotools for a mask of $size', ({ size: [height, width], counts, area, bbox }) => {
    const size = { width, height }
    const region = cocoRegions(goldenMask(size), size).get(1)!
    expect({ ...region, counts: encodeCocoCounts(region.counts) }).toEqual({ counts, area, box: bbox })
  })

  test.each(polygons)('are those of pycocotools for polygon $polygon', ({ size: [height, width], polygon, counts }) => {
    expect(encodeCocoCounts(cocoPolygonCounts(polygon, { width, height }))).toBe(counts)
  })

  test('that are damaged are refused', () => {
    expect(() => decodeCocoCounts('25o')).toThrow('break off or are damaged at character 4')
    expect(() => decodeCocoCounts('2 5')).toThrow('damaged at character 2')
    expect(() => decodeCocoCounts('ooooooooo')).toThrow('damaged')
    expect(() => decodeCocoCounts('2N')).toThrow('is -2')
  })

  test('that do not cover the photo are refused', () => {
    expect(() => paintCocoRuns(new Uint8Array(12), { width: 4, height: 3 }, [2, 5, 4], 1)).toThrow(
      'its runs cover 11 pixels, the photo has 12',
    )
  })
})

test.each([1, 2, 3, 4, 5, 6, 7, 8])('painting the regions of map %i gives the map again', seed => {
  const size = { width: 9 + seed, height: 20 - seed }
  const labels = randomLabels(seed, size, 3)
  const painted = new Uint8Array(labels.length)
  for (const [value, { counts, area }] of cocoRegions(labels, size)) {
    expect(area).toBe(labels.filter(label => label === value).length)
    paintCocoRuns(painted, size, decodeCocoCounts(encodeCocoCounts(counts)), value)
  }
  expect(painted).toEqual(labels)
})
