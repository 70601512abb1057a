import { expect, test } from 'vitest'
import { randomLabels } from '../../../tests/helpers/randomLabels'
import { labelComponents } from './labelComponents'
import type { Size } from './size'

test('parts are numbered by their first pixels, and corners join where they are said to', () => {
  // prettier-ignore
  const labels = Uint8Array.of(
    1, 0, 2, 2,
    0, 1, 0, 2,
    1, 1, 255, 1)
  const size = { width: 4, height: 3 }
  const isClass = (label: number) => label > 0 && label < 255
  // prettier-ignore
  expect(labelComponents(labels, size, true, isClass)).toEqual({
    ids: Int32Array.of(
      1, 0, 2, 2,
      0, 1, 0, 2,
      1, 1, 0, 3),
    labels: [1, 2, 1],
  })
  expect(labelComponents(labels, size, false, isClass).labels).toEqual([1, 2, 1, 1])
})

/** The same by flooding pixel by pixel. */
function flooded(labels: Uint8Array, { width, height }: Size, diagonal: boolean): Int32Array {
  const ids = new Int32Array(labels.length)
  let parts = 0
  for (let start = 0; start < labels.length; start++) {
    if (labels[start] === 0 || ids[start] !== 0) continue
    const pending = [start]
    ids[start] = ++parts
    for (let at = pending.pop(); at !== undefined; at = pending.pop())
      for (let next = 0; next < labels.length; next++) {
        const dx = Math.abs((next % width) - (at % width))
        const dy = Math.abs(Math.floor(next / width) - Math.floor(at / width))
        if (ids[next] !== 0 || labels[next] !== labels[at] || Math.max(dx, dy) !== 1) continue
        if (!diagonal && dx + dy === 2) continue
        ids[next] = parts
        pending.push(next)
      }
  }
  expect(height * width).toBe(labels.length)
  return ids
}

test.each([1, 2, 3, 4, 5, 6])('the parts of map %i are those of a flood', seed => {
  const size = { width: 8 + seed, height: 16 - seed }
  const labels = randomLabels(seed, size, 2)
  for (const diagonal of [true, false])
    expect(labelComponents(labels, size, diagonal, label => label > 0).ids).toEqual(flooded(labels, size, diagonal))
})
