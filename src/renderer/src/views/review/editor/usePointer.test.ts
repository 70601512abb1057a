import { expect, test } from 'vitest'
import { openedEditor } from '../../../../../../tests/helpers/openedEditor'
import { imagePoint } from '../../../../../shared/geometry/points'
import type { Pointed } from '../../../components/maps/canvasView'
import { usePointer } from './usePointer'

/** Where a pointer is and how hard it is pressed, as the browser says it. */
function pointed(x: number, y: number, event: Partial<Pointed['event']>): Pointed {
  return {
    point: imagePoint(x, y),
    event: { altKey: false, clientX: x, pointerType: 'mouse', pressure: 0.5, ...event },
  }
}

/** A square brush of 20 px on 64 × 64, and a press at (32, 32) with this pointer. */
function pressed(event: Partial<Pointed['event']>) {
  const { editor, count } = openedEditor({}, 64)
  editor.configure({ brush: { size: 20, shape: 'square' } })
  let begun = 0
  const pointer = usePointer(() => editor, () => false, () => begun++) // prettier-ignore
  pointer.press(pointed(32, 32, event))
  return { editor, count, pointer, begun: () => begun }
}

test.each([
  ['pen', 1, 20],
  ['pen', 0.5, 12], // 0.15 + 0.85 · 0.5 of 20 px, rounded
  ['pen', 0, 3],
  ['mouse', 0.5, 20], // a mouse's half is made up
  ['touch', 0, 20],
  ['touch', 0.5, 20], // a screen that does not measure
  ['touch', 0.25, 7], // one that does: 0.15 + 0.85 · 0.25 of 20 px
])('a %s pressed with %f paints a square of %i px', (pointerType, pressure, side) => {
  const { count, pointer } = pressed({ pointerType, pressure })
  pointer.release(pointed(32, 32, { pointerType, pressure }))
  expect(count(1)).toBe(side ** 2)
})

test('a pen that is pressed harder on its way paints wider there', () => {
  const { count, pointer, editor } = pressed({ pointerType: 'pen', pressure: 0 })
  pointer.move([pointed(32, 50, { pointerType: 'pen', pressure: 1 })])
  pointer.release(pointed(32, 50, { pointerType: 'pen', pressure: 1 }))
  expect(count(1)).toBeGreaterThanOrEqual(20 * 20)
  expect(editor.document.labelAt(24, 50)).toBe(1)
  expect(editor.document.labelAt(24, 32)).toBe(0)
})

test('Alt with a drag changes the size and draws nothing', () => {
  const { count, pointer, editor, begun } = pressed({ altKey: true, clientX: 100 })
  pointer.move([pointed(32, 32, { clientX: 110 })])
  pointer.release(pointed(32, 32, { clientX: 110 }))
  expect([editor.settings.brush.size, count(1), begun()]).toEqual([30, 0, 0])
})

test('Alt with a drag changes the size that the tool has: of superpixels, how far apart they are', () => {
  const { editor } = openedEditor({}, 64)
  editor.choose('superpixel')
  const pointer = usePointer(() => editor, () => false, () => undefined) // prettier-ignore
  const [before, { brush }] = [editor.settings.spacing, editor.settings]
  pointer.press(pointed(32, 32, { altKey: true, clientX: 100 }))
  pointer.move([pointed(32, 32, { clientX: 107 })])
  expect([editor.settings.spacing, editor.settings.brush]).toEqual([before + 7, brush])
})

test('where nothing may be drawn, nothing is', () => {
  const { editor, count } = openedEditor({}, 64)
  const pointer = usePointer(() => editor, () => true, () => undefined) // prettier-ignore
  pointer.press(pointed(32, 32, {}))
  pointer.release(pointed(32, 32, {}))
  expect(count(1)).toBe(0)
})
