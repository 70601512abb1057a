import { expect, test } from 'vitest'
import { at, drag, openedEditor as opened } from '../../../../../tests/helpers/openedEditor'

test('a stroke is drawn while the pointer moves and is one step when it is let go', () => {
  const { editor, document, told } = opened()
  editor.press(at(2, 2))
  editor.move(at(6, 2))
  expect([...document.labels.subarray(12, 24)]).toEqual([0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0])
  expect(told('committed')).toEqual([])
  editor.release(at(6, 2))
  expect(told('committed')).toHaveLength(1)
  expect(editor.history.steps[0]!.delta.name).toBe('brush')
})

test('Esc and Ctrl+Z in the middle of a stroke take back that stroke alone', () => {
  const { editor, document, told } = opened()
  drag(editor, at(2, 2))
  const before = document.labels.slice()
  for (const back of [() => editor.cancel(), () => editor.undo()]) {
    editor.press(at(8, 8))
    back()
    editor.release(at(9, 9))
    expect(document.labels).toEqual(before)
  }
  expect(told('committed')).toHaveLength(1)
  editor.undo()
  expect(document.labels.every(label => label === 0)).toBe(true)
  expect(told('moved')).toEqual([{ type: 'moved', position: 0 }])
})

test('eraser and void brush have their labels, the eraser its own size', () => {
  const { editor, document } = opened()
  document.labels.fill(1)
  editor.configure({ eraser: { size: 1, shape: 'round' } })
  editor.choose('eraser')
  drag(editor, at(3.2, 3.7))
  editor.choose('void-brush')
  drag(editor, at(8, 8))
  expect(document.labels.filter(label => label === 0)).toHaveLength(1)
  expect(document.labelAt(3.2, 3.7)).toBe(0)
  expect(document.labels.filter(label => label === 255)).toHaveLength(4)
})

test('a pen that presses lightly draws with a smaller brush, a mouse with the whole one', () => {
  const { editor, document } = opened()
  editor.configure({ brush: { size: 8, shape: 'square' } })
  drag(editor, at(6, 6, 0))
  expect(document.labels.filter(label => label === 1)).toHaveLength(1)
  drag(editor, at(6, 6))
  expect(document.labels.filter(label => label === 1)).toHaveLength(64)
})

test('a brush on a string follows only what pulls it', () => {
  const { editor, document } = opened()
  editor.configure({ stabiliser: 4, brush: { size: 1, shape: 'round' } })
  editor.press(at(1.5, 1.5))
  editor.move(at(4, 1.5))
  expect(document.labels.filter(label => label === 1)).toHaveLength(1)
  editor.release(at(9.5, 1.5))
  expect([...document.labels.subarray(12, 24)]).toEqual([0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0])
})

test('threshold paint shows and paints only pixels that score enough', () => {
  const scores = Float32Array.from({ length: 144 }, (_, i) => (i % 12) / 12)
  const { editor, document, told } = opened({ scores: label => (label === 1 ? scores : undefined) })
  editor.choose('threshold-paint')
  editor.configure({ threshold: 0.5, brush: { size: 4, shape: 'square' } })
  editor.move(at(6, 6))
  expect([...editor.preview!.regions![0]!.region.runs]).toEqual([4, 6, 8, 5, 6, 8, 6, 6, 8, 7, 6, 8])
  editor.configure({ threshold: 7 / 12 })
  expect(editor.preview!.regions![0]!.region.runs[1]).toBe(7)
  drag(editor, at(6, 6))
  expect(document.labels.filter(label => label === 1)).toHaveLength(4)
  editor.configure({ label: 2 })
  drag(editor, at(6, 6))
  expect(told('refused')).toEqual([{ type: 'refused', refusal: 'no-scores' }])
})

test('replacing touches only the class under the press, also after the first pixels have changed', () => {
  const { editor, document } = opened()
  document.labels.fill(3, 0, 72)
  editor.choose('replace')
  editor.configure({ label: 5 })
  drag(editor, at(6, 2), at(6, 10))
  expect(document.labels.filter(label => label === 5)).toHaveLength(10)
  expect(document.labels.subarray(72).every(label => label === 0)).toBe(true)
})

test('a locked label is neither painted nor painted over, and the first is said', () => {
  const { editor, document, told } = opened()
  document.locks.set(1, true)
  drag(editor, at(5, 5))
  expect(told('refused')).toEqual([{ type: 'refused', refusal: 'label-locked' }])
  expect(document.labels.every(label => label === 0)).toBe(true)
})

test('fill takes one connected area, pick its label', () => {
  const { editor, document } = opened()
  for (const row of [3, 9]) document.labels.fill(4, row * 12, row * 12 + 12)
  editor.choose('fill')
  editor.configure({ label: 7 })
  drag(editor, at(5, 5))
  expect(document.labels.filter(label => label === 7)).toHaveLength(5 * 12)
  editor.choose('pick')
  drag(editor, at(5, 3.5))
  expect(editor.settings.label).toBe(4)
})
