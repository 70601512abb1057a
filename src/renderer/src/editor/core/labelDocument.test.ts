import { expect, test } from 'vitest'
import { decodeDelta } from '../../../../shared/raster/labelDelta'
import type { Region } from '../../../../shared/raster/region'
import { History } from './history'
import { LabelDocument } from './labelDocument'

const region = (...runs: number[]): Region => ({ runs: Int32Array.from(runs) })

/** 300×4: two tiles side by side. */
const size = { width: 300, height: 4 }
const blank = () => new LabelDocument(size, new Uint8Array(1200))

test('painting across the seam of two tiles marks both, and a renderer sees them once', () => {
  const document = blank()
  const drawn = document.version
  expect(document.tilesChangedSince(drawn)).toEqual([])
  document.beginStroke()
  document.paint(region(1, 254, 258), 3)
  expect([...document.labels.subarray(553, 559)]).toEqual([0, 3, 3, 3, 3, 0])
  expect(document.tilesChangedSince(drawn)).toEqual([
    { index: 0, x0: 0, y0: 0, x1: 256, y1: 4 },
    { index: 1, x0: 256, y0: 0, x1: 300, y1: 4 },
  ])
  expect(document.tilesChangedSince(document.version)).toEqual([])
})

test('a cancelled stroke leaves every pixel as it was, and says which tiles to draw again', () => {
  const document = blank()
  document.labels.fill(2, 100, 700)
  const before = document.labels.slice()
  document.beginStroke()
  document.paint(region(0, 0, 300, 2, 5, 260), 9)
  const drawn = document.version
  document.cancel()
  expect(document.labels).toEqual(before)
  expect(document.tilesChangedSince(drawn).map(({ index }) => index)).toEqual([0, 1])
})

test('locked labels keep their pixels and get no others', () => {
  const document = blank()
  document.labels.fill(2, 0, 10)
  document.locks.set(2, true)
  document.beginStroke()
  document.paint(region(0, 5, 15), 4)
  document.paint(region(0, 12, 20), 2)
  expect([...document.labels.subarray(0, 21)]).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 4, 4, 4, 4, 4, 0, 0, 0, 0, 0, 0])
})

test('lock all others leaves the class and the background free, and a second time all', () => {
  const { locks } = blank()
  const isLocked = () => [0, 1, 2, 3, 255].map(label => locks.has(label))
  locks.toggleOthers(2, [0, 1, 2, 3, 255])
  expect(isLocked()).toEqual([false, true, false, true, true])
  locks.toggleOthers(2, [0, 1, 2, 3, 255])
  expect(isLocked()).toEqual([false, false, false, false, false])
})

test('undo and redo go through what a file would keep', () => {
  const document = blank()
  const history = new History(document)
  const states = [document.labels.slice()]
  for (const [row, label] of [
    [0, 1],
    [1, 2],
    [1, 3],
  ] as const) {
    document.beginStroke()
    document.paint(region(row, 200 + label, 290), label)
    const delta = document.commit('brush')!
    history.push(decodeDelta(delta.bytes, 'stroke'))
    states.push(document.labels.slice())
  }
  for (const place of [2, 1, 0, 1, 3, 0, 2]) {
    history.goTo(place)
    expect(document.labels).toEqual(states[place])
  }
  expect([history.canUndo, history.canRedo, history.position]).toEqual([true, true, 2])
})

test('a new step ends what was undone; a stroke without effect is no step', () => {
  const document = blank()
  const history = new History(document)
  document.beginStroke()
  document.paint(region(0, 0, 9), 0)
  expect(document.commit('eraser')).toBeUndefined()
  for (const label of [1, 2]) {
    document.beginStroke()
    document.paint(region(0, 0, 9), label)
    history.push(document.commit('brush')!)
  }
  history.undo()
  document.beginStroke()
  document.paint(region(3, 0, 9), 5)
  const { id } = history.push(document.commit('brush')!)
  expect([id, history.steps.length, history.canRedo]).toEqual([3, 2, false])
  expect(history.bytes).toBe(history.steps.reduce((sum, { delta }) => sum + delta.bytes.length, 0))
})

test('beyond its budget the oldest steps are let go, and the last one stays', () => {
  const document = blank()
  const history = new History(document, 70)
  for (const label of [1, 2, 3, 4]) {
    document.beginStroke()
    document.paint(region(0, 0, 9), label)
    history.push(document.commit('brush')!)
  }
  expect(history.steps.length).toBeLessThan(4)
  expect(history.dropped + history.steps.length).toBe(4)
  expect(history.bytes).toBeLessThanOrEqual(70)
  history.goTo(0)
  expect(document.labels[0]).toBe(history.dropped)
})

test('a stroke that was drawn on another map changes nothing and says where it does not fit', () => {
  const document = blank()
  document.beginStroke()
  document.paint(region(2, 0, 300), 1)
  const delta = document.commit('brush')!
  const other = blank()
  other.labels[2 * 300 + 280] = 6
  const before = other.labels.slice()
  expect(() => other.apply(delta, 'forwards')).toThrow('expects label 0 at (280, 2), which is 6')
  expect(other.labels).toEqual(before)
  const smaller = new LabelDocument({ width: 2, height: 1 }, new Uint8Array(2))
  expect(() => smaller.apply(delta, 'forwards')).toThrow('was drawn on 300×4 pixels; this mask has 2×1')
})

test('a journal is taken up where it stood', () => {
  const first = blank()
  const deltas = [1, 2, 3].map(label => {
    first.beginStroke()
    first.paint(region(label, label * 10, 280), label)
    return first.commit('brush')!
  })
  const saved = blank()
  saved.apply(deltas[0]!, 'forwards')
  const history = new History(saved)
  history.restore(deltas, 3, 1)
  expect(saved.labels).toEqual(first.labels)
  history.goTo(0)
  expect(saved.labels.every(label => label === 0)).toBe(true)
})

test('more than 254 classes take two bytes a pixel, with a void of their own', () => {
  const document = new LabelDocument({ width: 2, height: 2 }, new Uint16Array(4))
  document.beginStroke()
  document.paint(region(0, 0, 2), 1_000)
  document.paint(region(1, 1, 2), document.voidLabel)
  const delta = decodeDelta(document.commit('brush')!.bytes, 'stroke')
  expect([...document.labels]).toEqual([1_000, 1_000, 0, 65_535])
  document.apply(delta, 'backwards')
  expect([...document.labels]).toEqual([0, 0, 0, 0])
  expect(() => new LabelDocument({ width: 2, height: 1 }, new Uint8Array(3))).toThrow(
    '3 labels are no map of 2×1 pixels',
  )
})

test('what a preview may show is what painting would reach', () => {
  const document = blank()
  document.labels.fill(2, 0, 10)
  expect(document.paintable(region(0, 5, 15), 4)).toEqual(region(0, 5, 15))
  document.locks.set(2, true)
  expect(document.paintable(region(0, 5, 15), 4)).toEqual(region(0, 10, 15))
  expect(document.paintable(region(0, 5, 15), 2).runs).toHaveLength(0)
})
