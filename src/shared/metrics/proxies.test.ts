import { expect, test } from 'vitest'
import { labelsFromScores, scoreArgmax, scoresAtPhotoSize, type ScoreGrid } from '../raster/labelsFromScores'
import { rankScores } from '../raster/rankScores'
import { addToProxies, APPEARS_FROM, emptyProxies, proxyCurve, proxyPart } from './proxies'
import { sweepThresholds } from './sweep'

const size = { width: 40, height: 30 }
const classes = 4

/** Scores on, just above and just below every threshold, and all in between. */
function trickyGrid(keys: number[], seed: number): ScoreGrid {
  const maps = Float32Array.from({ length: keys.length * 1200 }, (_, i) => {
    const value = ((i * 7919 + 13 + 101 * seed) % 1009) / 1009
    const edge = Math.fround(Math.round(value * 100) / 100)
    return [value, edge, edge * (1 + 2 ** -23), edge * (1 - 2 ** -24)][i % 4]!
  })
  return { keys: Int32Array.from(keys), maps, ...size }
}

const photos = [
  { grid: trickyGrid([0, 2], 1), labels: [0, 2] },
  { grid: trickyGrid([1], 2), labels: [1, 3] },
  { grid: trickyGrid([], 3), labels: [] },
  { grid: trickyGrid([0, 1, 3], 4), labels: [1] },
]

function curveOf() {
  const sum = emptyProxies(classes)
  for (const { grid, labels } of photos) addToProxies(sum, proxyPart(rankScores(grid, size), grid.keys), labels)
  return proxyCurve(sum)
}

test('ranking gives the winners that argmax gives, and the second of each pixel', () => {
  const { grid } = photos[3]!
  const ranked = rankScores(grid, size)
  expect(ranked).toMatchObject({ ...scoreArgmax(grid, size) })
  const planes = scoresAtPhotoSize(grid, size)
  ranked.seconds.forEach((second, i) =>
    expect(second).toBe([0, 1, 2].map(k => planes[k * 1200 + i]!).sort((a, b) => b - a)[1]),
  )
})

test('the proxies equal those counted in the label map of every threshold', () => {
  for (const [index, threshold] of sweepThresholds.entries()) {
    const masks = photos.map(({ grid }) => labelsFromScores(grid, size, threshold))
    const area = Array.from({ length: classes }, (_, key) =>
      masks.reduce((sum, mask) => sum + mask.filter(label => label === key + 1).length, 0),
    )
    const appears = (photo: number, key: number) =>
      masks[photo]!.filter(label => label === key + 1).length >= Math.max(1, 1200 * APPEARS_FROM)
    const pairs = photos.flatMap(({ labels }, photo) =>
      Array.from({ length: classes }, (_, key) => ({ photo, key, labelled: labels.includes(key) })),
    )
    const seen = (labelled: boolean) => {
      const asked = pairs.filter(pair => pair.labelled === labelled)
      return asked.filter(({ photo, key }) => appears(photo, key)).length / asked.length
    }
    const point = curveOf()[index]!
    expect(point.coverage, `t = ${threshold}`).toBeCloseTo(area.reduce((a, b) => a + b) / 4800, 12)
    expect(point.area).toEqual(area.map(pixels => pixels / 4800))
    expect([point.labelled, point.unlabelled]).toEqual([seen(true), seen(false)])
  }
})

test('the margin is the lead over the second class or the background, whichever is nearer', () => {
  const grid: ScoreGrid = {
    keys: Int32Array.of(0, 1),
    maps: Float32Array.of(0.75, 0.25, 0.5, 0.125),
    width: 2,
    height: 1,
  }
  const sum = emptyProxies(2)
  addToProxies(sum, proxyPart(rankScores(grid, grid), grid.keys), [0, 1])
  const curve = proxyCurve(sum)
  // t = .10: the first pixel leads by .75 − .5, the second by .25 − .125
  expect(curve[10]!.margin).toBeCloseTo((0.25 + 0.125) / 2, 12)
  // t = .20: the background is nearer to the second pixel than its other class
  expect(curve[20]!.margin).toBeCloseTo((0.25 + 0.05) / 2, 12)
  // t = .60: one pixel is left, and the background comes second
  expect(curve[60]!.margin).toBeCloseTo(0.15, 12)
  expect(curve[80]).toMatchObject({ coverage: 0, margin: null, labelled: 0 })
})

test('nothing is defined without a photo, and a class that is not there is refused', () => {
  expect(proxyCurve(emptyProxies(2))[0]).toEqual({
    threshold: 0,
    coverage: null,
    margin: null,
    labelled: null,
    unlabelled: null,
    area: [0, 0],
  })
  const part = proxyPart(rankScores(photos[0]!.grid, size), photos[0]!.grid.keys)
  expect(() => addToProxies(emptyProxies(2), part, [0])).toThrow('no place for class 2')
})
