import { effectScope, ref, shallowRef } from 'vue'
import { afterAll, expect, test } from 'vitest'
import { imagePoint } from '../../../../../shared/geometry/points'
import { Editor } from '../../../editor/core/editor'
import { LabelDocument } from '../../../editor/core/labelDocument'
import type { OpenedPhoto } from '../desk/openedPhoto'
import { useEditorState, type EditorState } from './useEditorState'

const scope = effectScope()
afterAll(() => scope.stop())

/** An editor of an empty 16 × 16 mask, and which parts of its state were read anew since the last look. */
function watched() {
  const revision = ref(0)
  const document = new LabelDocument({ width: 16, height: 16 }, new Uint8Array(256))
  const resources = { scores: () => undefined, photo: () => undefined, superpixels: () => undefined }
  const editor = new Editor({ document, resources, tell: () => revision.value++ })
  const current = shallowRef({ editor } as OpenedPhoto | undefined)
  const state = scope.run(() => useEditorState(current, revision))!
  let seen = values(state)
  const different = () => {
    const [before, now] = [seen, (seen = values(state))]
    return (Object.keys(now) as (keyof EditorState)[]).filter(part => now[part] !== before[part])
  }
  return { editor, current, different }
}

function values(state: EditorState) {
  return Object.fromEntries(Object.entries(state).map(([part, { value }]) => [part, value])) as Record<
    keyof EditorState,
    unknown
  >
}

const at = (x: number, y: number) => ({ point: imagePoint(x, y) })

test('a pointer that moves over the photo changes what the tool shows and nothing else', () => {
  const { editor, different } = watched()
  editor.move(at(3, 3))
  expect(different()).toEqual(['preview'])
})

test('a stroke changes pixels while it is drawn, and the history when it ends', () => {
  const { editor, different } = watched()
  editor.press(at(3, 3))
  expect(different()).toEqual(['preview', 'pixels'])
  editor.release(at(3, 3))
  expect(different()).toContain('history')
  editor.undo()
  expect(different()).toEqual(expect.arrayContaining(['pixels', 'history']))
})

test('zooming is no new setting, another class and a lock are what they are', () => {
  const { editor, different } = watched()
  editor.configure({ zoom: 4 })
  expect(different()).not.toContain('settings')
  editor.configure({ label: 2 })
  expect(different()).toContain('settings')
  editor.lock(3)
  expect(different()).toContain('locks')
})

test('without a photo there is nothing, and what is shown of it goes', () => {
  const { current, different } = watched()
  current.value = undefined
  expect(different()).toEqual(['settings', 'tool', 'pixels', 'locks', 'history'])
})
