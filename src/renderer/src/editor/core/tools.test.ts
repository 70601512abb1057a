import { expect, test } from 'vitest'
import { at, drag, openedEditor as opened } from '../../../../../tests/helpers/openedEditor'
import { Editor } from './editor'

/** 12×12 RGBA: left of column 6 grey 100, from there 160, and one pixel of 130 on the seam. */
const photo = {
  channels: 4 as const,
  data: Uint8ClampedArray.from({ length: 576 }, (_, i) => {
    const pixel = i >> 2
    if (i % 4 === 3) return 255
    return pixel === 66 ? 130 : pixel % 12 < 6 ? 100 : 160
  }),
}

test('a polygon is closed by Enter, by its first corner and by a second press on its last', () => {
  for (const close of ['Enter', 'first', 'last'] as const) {
    const { editor, count } = opened()
    editor.choose('polygon-add')
    editor.configure({ zoom: 10 })
    for (const corner of [at(2, 2), at(6, 2), at(6, 6), at(2, 6)]) drag(editor, corner)
    expect(count(1)).toBe(0)
    if (close === 'Enter') editor.key('Enter')
    else drag(editor, close === 'first' ? at(2.3, 2.3) : at(2, 6.2))
    expect([close, count(1), editor.isBusy]).toEqual([close, 16, false])
  }
})

test('a polygon shows its outline and when a press would close it; Backspace takes a corner, Esc all', () => {
  const { editor, told } = opened()
  editor.choose('polygon-add')
  editor.configure({ zoom: 10 })
  for (const corner of [at(2, 2), at(6, 2), at(6, 6)]) drag(editor, corner)
  editor.move(at(2.5, 2.5))
  expect(editor.preview!.outline).toEqual({ points: [[2, 2], [6, 2], [6, 6], [2.5, 2.5]], closes: true, label: 1 }) // prettier-ignore
  editor.key('Backspace')
  expect(editor.preview!.outline!.points).toHaveLength(3)
  expect(editor.cancel()).toBe(true)
  expect([editor.preview, told('committed')]).toEqual([undefined, []])
  expect(editor.key('Enter')).toBe(false)
})

test('a line drawn by hand closes where it is let go', () => {
  const { editor, count } = opened()
  editor.choose('polygon-add')
  editor.configure({ zoom: 10 })
  drag(editor, at(1, 1), at(9, 1), at(9, 5), at(1, 5))
  expect(count(1)).toBe(32)
})

test('subtracting a polygon takes the active class alone', () => {
  const { editor, document, count } = opened()
  document.labels.fill(1, 0, 72)
  document.labels.fill(2, 72)
  editor.choose('polygon-subtract')
  editor.configure({ zoom: 10 })
  for (const corner of [at(0, 4), at(12, 4), at(12, 8), at(0, 8)]) drag(editor, corner)
  editor.key('Enter')
  expect([count(0), count(1), count(2)]).toEqual([24, 48, 72])
})

test('the wand takes what is alike, shows it while it is held, and follows its tolerance', () => {
  const { editor, count, refusals } = opened({ photo: () => photo })
  editor.choose('wand')
  editor.configure({ tolerance: 10 })
  editor.press(at(2, 2))
  expect(count(1)).toBe(0)
  expect(editor.preview!.regions![0]!.region.runs).toHaveLength(36)
  editor.configure({ tolerance: 30 })
  expect(editor.preview!.regions![0]!.region.runs[3 * 5 + 2]).toBe(7) // the pixel of 130 in row 5
  editor.release(at(2, 2))
  expect(count(1)).toBe(73)
  expect(refusals()).toEqual([])
})

test('fill and wand show what a press would take, and nothing where it would take nothing', () => {
  const { editor, document, count } = opened({ photo: () => photo })
  document.labels.fill(2, 0, 24)
  const shown = () => editor.preview?.regions?.[0]?.region.runs.length ?? 0
  editor.choose('fill')
  editor.move(at(3, 1))
  expect(shown()).toBe(2 * 3)
  document.labels.fill(1, 24, 36)
  editor.move(at(3, 2.5))
  expect(shown()).toBe(0)
  drag(editor, at(3, 1))
  expect([count(1), count(2)]).toEqual([36, 0])
  editor.choose('wand')
  editor.configure({ tolerance: 10, label: 2 })
  editor.move(at(2, 2))
  expect(shown()).toBe(12 * 3)
  editor.leave()
  expect(shown()).toBe(0)
})

test('fill says that a label is locked, the one it would give and the one it would take', () => {
  const { editor, document, refusals, count } = opened()
  document.labels.fill(2, 0, 24)
  document.locks.set(2, true)
  editor.choose('fill')
  drag(editor, at(3, 1))
  editor.configure({ label: 2 })
  drag(editor, at(3, 5))
  expect([refusals(), count(2)]).toEqual([['label-locked', 'label-locked'], 24])
})

test('the wand’s Esc leaves nothing, and without a photo it says so', () => {
  const { editor, told } = opened({ photo: () => photo })
  editor.choose('wand')
  editor.press(at(2, 2))
  editor.cancel()
  editor.release(at(2, 2))
  expect(told('committed')).toEqual([])
  const without = opened()
  without.editor.choose('wand')
  drag(without.editor, at(2, 2))
  expect(without.refusals()).toEqual(['no-photo'])
})

test('over the whole photo the wand leaps', () => {
  const { editor, count } = opened({ photo: () => photo })
  editor.choose('wand')
  editor.configure({ tolerance: 0, contiguous: false })
  drag(editor, at(6.5, 5.5))
  expect(count(1)).toBe(1)
  drag(editor, at(11, 0))
  expect(count(1)).toBe(72)
})

test('superpixels are shown under the pointer and taken one by one on its way', () => {
  const ids = Int32Array.from({ length: 144 }, (_, i) => Math.floor((i % 12) / 3) + 4 * Math.floor(i / 48))
  const { editor, count } = opened({ superpixels: () => ids })
  editor.choose('superpixel')
  editor.move(at(4, 4))
  expect(editor.preview!.regions![0]!.region.runs.slice(0, 3)).toEqual(Int32Array.of(4, 3, 6))
  drag(editor, at(1, 1), at(7, 1))
  expect(count(1)).toBe(36)
})

test('growth stops at the edge of the photo, at locked classes and where scores end', () => {
  const scores = Float32Array.from({ length: 144 }, (_, i) => (i < 72 ? 0.8 : 0.2))
  const { editor, document, count } = opened({ photo: () => photo, scores: () => scores })
  editor.choose('grow')
  editor.configure({ reach: 30, contrast: 4, brush: { size: 1, shape: 'round' } })
  document.labels.fill(2, 0, 12)
  document.locks.set(2, true)
  drag(editor, at(2.5, 4.5))
  expect([count(1), count(2)]).toEqual([66, 12])
  editor.undo()
  editor.configure({ withinScores: true, threshold: 0.5 })
  drag(editor, at(2.5, 4.5))
  expect(count(1)).toBe(30)
})

test('a part is copied and lies in the next photo where it was, or where it is dragged', () => {
  const { editor, document } = opened()
  document.labels.set([3, 3], 13)
  document.labels.set([3], 26)
  expect(editor.copy({ label: 3, at: { x: 1.5, y: 1.5 } })).toBe(true)
  const next = opened({}, 4)
  expect(next.editor.copy({ label: 0 })).toBe(false)
  expect(next.refusals()).toEqual(['nothing-there'])
  const pasting = new Editor({
    document: next.document,
    resources: { scores: () => undefined, photo: () => undefined, superpixels: () => undefined },
    tell: () => undefined,
    tool: 'paste',
    clip: editor.clip,
  })
  expect(pasting.preview!.regions![0]!.label).toBe(3)
  expect([pasting.key('Enter'), pasting.key('Enter')]).toEqual([true, false]) // once: then Enter means the photo
  expect(pasting.preview).toBeUndefined()
  drag(pasting, at(1, 1), at(2, 2))
  expect([...next.document.labels].join('').match(/..../g)).toEqual(['0000', '0330', '0033', '0003'])
})

test('what is offered to be pasted is left with Esc, and nothing is offered where nothing was copied', () => {
  const { editor, document, told } = opened()
  editor.choose('paste')
  expect([editor.isBusy, editor.key('Enter')]).toEqual([false, false])
  document.labels.set([3], 13)
  editor.copy({ label: 3 })
  editor.choose('paste')
  expect([editor.isBusy, editor.cancel(), editor.isBusy, editor.key('Enter')]).toEqual([true, true, false, false])
  expect(told('committed')).toEqual([])
})
