import { expect, test } from 'vitest'
import { rankScores } from '../raster/rankScores'
import { meanMargin } from './meanMargin'
import { addToProxies, emptyProxies, proxyCurve, proxyPart } from './proxies'

const size = { width: 4, height: 1 }
const maps = Float32Array.of(0.75, 0.5, 0.25, 0.125, 0.25, 0.375, 0.5, 0)
const ranked = rankScores({ keys: Int32Array.of(0, 1), maps, ...size }, size)

test('the margin is the lead over the second class, or over the threshold where that is nearer', () => {
  // At 0.3 pixels 0 … 2 are foreground: 0.75 over the threshold, 0.5 over 0.375, 0.5 over the threshold.
  expect(meanMargin(ranked, 0.3)).toBeCloseTo((0.45 + 0.125 + 0.2) / 3, 6)
})

test('a photo without foreground has no margin: a score equal to the threshold is background', () => {
  expect(meanMargin(ranked, 0.75)).toBeNull()
})

test('it is the proxies’ margin of that photo, at every threshold', () => {
  const sum = emptyProxies(2)
  addToProxies(sum, proxyPart(ranked, Int32Array.of(0, 1)), [0, 1])
  for (const { threshold, margin } of proxyCurve(sum)) {
    const own = meanMargin(ranked, threshold)
    if (margin === null) expect(own).toBeNull()
    else expect(own).toBeCloseTo(margin, 6)
  }
})
