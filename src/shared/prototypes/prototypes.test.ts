import { expect, test } from 'vitest'
import { cellBox } from '../geometry/cellBox'
import { parsePrototypeId, parsePrototypeName, prototypeName } from './prototypeId'
import { recombine } from './recombine'
import type { PrototypeSimilarity } from './similarity'

test('a prototype is named from 1, and its class may hold slashes', () => {
  expect(prototypeName('cat', { side: 'foreground', index: 2 })).toBe('cat/f3')
  expect(parsePrototypeName('a/b/c1')).toEqual({ className: 'a/b', place: { side: 'context', index: 0 } })
  expect(['f0', 'f01', 'x1', 'f', 'f1.5'].map(parsePrototypeId)).toEqual(new Array(5).fill(undefined))
  expect([parsePrototypeName('/f1'), parsePrototypeName('f1')]).toEqual([undefined, undefined])
})

/** Two cells, two prototypes of the class, one of its context, at one scale of the map's own size. */
const similarity: PrototypeSimilarity = {
  grids: [{ scale: 0, width: 2, height: 1, cosines: Float32Array.of(0.8, 0.2, 0.4, 0.6, 0.2, 0.6) }],
  ...{ foreground: 2, context: 1, map: { width: 2, height: 1 }, aggregate: 'mean', relu: 'perScale' },
}
const map = (foreground: boolean[], context: boolean[], given: Partial<PrototypeSimilarity> = {}) => [
  ...recombine({ ...similarity, ...given }, { foreground, context }),
]

test('a map is the mean of its own less the mean of its context, 0 at least and 1 at most', () => {
  expect(map([true, true], [true])).toEqual([1, 0]) // .6 − .2, .4 − .6
  expect(map([true, true], [false])).toEqual([1, expect.closeTo(0.4 / 0.6, 6)])
  expect(map([true, false], [false])).toEqual([1, 0.25])
  expect(map([true, true], [false], { aggregate: 'max' })).toEqual([1, 0.75])
  expect(map([false, false], [true])).toEqual([0, 0])
})

test('the ReLU of each scale keeps one scale from taking away what another gives', () => {
  const other = { scale: 1, width: 2, height: 1, cosines: Float32Array.of(0, 0.9, 0, 0.9, 0, 0.2) }
  const grids = [...similarity.grids, other]
  expect(map([true, true], [true], { grids })).toEqual([expect.closeTo(0.4 / 0.7, 6), 1]) // .4 + 0, 0 + .7
  expect(map([true, true], [true], { grids, relu: 'afterMerge' })).toEqual([expect.closeTo(0.4 / 0.5, 6), 1])
})

test('a cell lies where its part of the resized photo lay, cut at the edge', () => {
  const cell = { row: 0, column: 15, rows: 12, columns: 16 }
  const photo = { width: 500, height: 375 }
  expect(cellBox(cell, photo, { longestSide: null, stride: 32 })).toEqual([480, 0, 500, 32])
  expect(cellBox({ ...cell, column: 0 }, { width: 1000, height: 750 }, { longestSide: 500, stride: 32 })).toEqual([0, 0, 64, 64]) // prettier-ignore
  expect(cellBox({ ...cell, column: 8 }, photo)).toEqual([250, 0, 281, 31])
})
