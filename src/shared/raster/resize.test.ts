import { expect, test } from 'vitest'
import { golden } from '../../../tests/helpers/golden'
import { parityCase } from '../../../tests/helpers/parity'
import { resizeBilinear } from './resizeBilinear'
import { resizeNearest } from './resizeNearest'

interface NearestCase {
  readonly from: number
  readonly to: number
  readonly sources: number[]
}
const nearest = golden<{ nearestFloor: NearestCase[]; nearestCentre: NearestCase[] }>('resize.json')

function planeCase(id: string) {
  const { input, expected, tol } = parityCase<{
    input: { x: number[][][]; out: [number, number] }
    expected: number[][][]
    tol: number
  }>(id)
  const from = { height: input.x[0]!.length, width: input.x[0]![0]!.length }
  const to = { height: input.out[0], width: input.out[1] }
  const planes = Float32Array.from(input.x.flat(2))
  return { planes, channels: input.x.length, from, to, expected: Float32Array.from(expected.flat(2)), tol }
}

test('bilinear resize equals the reference', () => {
  const { planes, channels, from, to, expected, tol } = planeCase('resize-bilinear')
  const out = resizeBilinear(planes, channels, from, to)
  expected.forEach((value, i) => expect(Math.abs(out[i]! - value)).toBeLessThan(tol))
})

test('bilinear resize of 2×2 to 5×4 clamps at the edges', () => {
  const out = resizeBilinear(Float32Array.of(0, 1, 2, 3), 1, { width: 2, height: 2 }, { width: 5, height: 4 })
  expect([...out.subarray(0, 10)]).toEqual([0, 0.1, 0.5, 0.9, 1, 0.5, 0.6, 1, 1.4, 1.5].map(v => expect.closeTo(v, 6)))
})

test('bilinear resize leaves a map of the right size as it is', () => {
  const map = Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
  expect(resizeBilinear(map, 1, { width: 3, height: 2 }, { width: 3, height: 2 })).toEqual(map)
})

test('nearest resize by floor equals the reference', () => {
  const { planes, channels, from, to, expected } = planeCase('resize-nearest-floor')
  expect([...resizeNearest(planes, channels, from, to, 'floor')]).toEqual([...expected])
})

// 25 → 115, 4 → 82 and 28 → 46 are sizes where torch's float32 quotient picks another pixel than the exact one.
test.each(nearest.nearestFloor)(
  'nearest by floor takes the pixels torch takes: $from → $to',
  ({ from, to, sources }) => {
    const line = Float32Array.from({ length: from }, (_, i) => i)
    expect([...resizeNearest(line, 1, { width: from, height: 1 }, { width: to, height: 1 }, 'floor')]).toEqual(sources)
  },
)

test.each(nearest.nearestCentre)('nearest by centre takes the pixels Pillow takes: $from → $to', entry => {
  const line = Uint8Array.from({ length: entry.from }, (_, i) => i)
  const out = resizeNearest(line, 1, { width: 1, height: entry.from }, { width: 1, height: entry.to }, 'centre')
  expect([...out]).toEqual(entry.sources)
})
