import { expect, test } from 'vitest'
import { xorshift } from '../../../tests/helpers/fuzz'
import { addBoundaries, boundaryCounts, boundaryDistance, boundaryIou, meanBoundaryIou } from './boundary'

/** A square of label 1 on a background. */
function square(size: number, left: number, top: number, side: number): Uint8Array {
  return Uint8Array.from({ length: size * size }, (_, i) => {
    const [x, y] = [i % size, Math.floor(i / size)]
    return x >= left && x < left + side && y >= top && y < top + side ? 1 : 0
  })
}

test('a boundary is 2 % of the diagonal wide, at least a pixel', () => {
  expect(boundaryDistance({ width: 300, height: 400 })).toBe(10)
  expect(boundaryDistance({ width: 7, height: 7 })).toBe(1)
})

test('two squares of 3, one pixel apart, share 4 of the 12 pixels of their rings', () => {
  // Rings of 8: columns 2 … 4 and 3 … 5 of rows 2 … 4. Both hold (3, 2), (4, 2), (3, 4), (4, 4); (3, 3) and (4, 3) are
  // the middle of one and the edge of the other.
  const counts = boundaryCounts(square(8, 2, 2, 3), square(8, 3, 2, 3), { width: 8, height: 8 }, 1)
  expect([counts.intersection[1], counts.union[1]]).toEqual([4, 12])
  expect(boundaryIou(counts)[1]).toBeCloseTo(1 / 3, 9)
})

test('the photo’s edge is a boundary, void of the truth is in none, a class that is nowhere has none', () => {
  const whole = new Uint8Array(25).fill(1)
  const size = { width: 5, height: 5 }
  expect(boundaryCounts(whole, whole, size, 2).union).toEqual(Float64Array.of(0, 16, 0))
  const truth = whole.slice().fill(255, 0, 10)
  const counts = boundaryCounts(truth, whole, size, 2)
  // Three rows of five remain; the middle three of the middle row are inside.
  expect([...counts.intersection, ...counts.union]).toEqual([0, 12, 0, 0, 12, 0])
  expect(boundaryIou(counts)).toEqual([null, 1, null])
})

test('it is what the definition says, pixel by pixel', () => {
  const random = xorshift(3)
  const size = { width: 60, height: 75 } // a boundary of 2 pixels
  const blobs = () => {
    const labels = new Uint8Array(size.width * size.height)
    for (let box = 0; box < 8; box++) {
      const [left, top, label] = [random() % 50, random() % 60, random() % 3]
      for (let y = top; y < top + 15; y++) labels.fill(label, y * size.width + left, y * size.width + left + 10)
    }
    return labels
  }
  for (let round = 0; round < 4; round++) {
    const [truth, mask] = [blobs(), blobs()]
    const { intersection, union } = boundaryCounts(truth, mask, size, 2)
    for (const label of [0, 1, 2]) {
      const both = [...truth.keys()].map(i => [truth, mask].map(labels => isBoundary(labels, i, label, size)))
      expect(intersection[label]).toBe(both.filter(([a, b]) => a && b).length)
      expect(union[label]).toBe(both.filter(([a, b]) => a || b).length)
    }
  }
})

function isBoundary(
  labels: Uint8Array,
  i: number,
  label: number,
  { width, height }: { width: number; height: number },
) {
  if (labels[i] !== label) return false
  const [x, y] = [i % width, Math.floor(i / width)]
  for (let dy = -2; dy <= 2; dy++)
    for (let dx = -2; dx <= 2; dx++) {
      const [nx, ny] = [x + dx, y + dy]
      if (nx < 0 || ny < 0 || nx >= width || ny >= height || labels[ny * width + nx] !== label) return true
    }
  return false
}

test('photos are added up', () => {
  const total = { intersection: Float64Array.of(1, 2), union: Float64Array.of(3, 4) }
  addBoundaries(total, { intersection: Float64Array.of(1, 0), union: Float64Array.of(1, 0) })
  expect(boundaryIou(total)).toEqual([0.5, 0.5])
  expect(meanBoundaryIou({ intersection: [1, 0, 0], union: [4, 0, 4] })).toBe(0.125)
})
