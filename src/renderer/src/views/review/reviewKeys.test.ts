import { expect, test } from 'vitest'
import type { Command } from '../../commands/command'
import { conflictsOf } from '../../commands/conflicts'
import { editorCommands, type EditorActs } from './editor/useEditorCommands'
import { reviewCommands, type ReviewActs } from './acts/useReviewCommands'

/** Acts that write down their own name. */
function recorder() {
  const done: string[] = []
  const acts = new Proxy({} as EditorActs & ReviewActs, {
    get: (_, name) => (...given: unknown[]) => done.push([name, ...given].map(String).join(' ')), // prettier-ignore
  })
  return { done, commands: [...editorCommands(acts, true), ...reviewCommands(acts, true)] }
}

function pressed(key: string): string {
  const { done, commands } = recorder()
  commands.find(({ keys }) => keys?.includes(key))?.run()
  return done.join()
}

/** The keys that people know from other labelling tools, one hand on the keys and one on the pointer. */
test.each([
  ['KeyB', 'choose brush'],
  ['KeyE', 'choose eraser'],
  ['KeyP', 'choose polygon-add'],
  ['Shift+KeyP', 'choose polygon-subtract'],
  ['KeyF', 'choose fill'],
  ['KeyW', 'choose wand'],
  ['KeyS', 'choose superpixel'],
  ['KeyT', 'choose threshold-paint'],
  ['KeyI', 'choose pick'],
  ['BracketLeft', 'resize -1'],
  ['BracketRight', 'resize 1'],
  ['Digit1', 'chooseClass 1'],
  ['Digit9', 'chooseClass 9'],
  ['Shift+Digit1', 'chooseClass 10'],
  ['Shift+Digit9', 'chooseClass 18'],
  ['Slash', 'search'],
  ['KeyX', 'swap'],
  ['KeyV', 'choose void-brush'],
  ['KeyL', 'lock'],
  ['Shift+KeyL', 'lockOthers'],
  ['Space', 'pan true'],
  ['Digit0', 'fit'],
  ['KeyZ', 'actualSize'],
  ['KeyH', 'peek true'],
  ['KeyQ', 'cycle 1'],
  ['Shift+KeyQ', 'cycle -1'],
  ['Comma', 'changeOpacity -0.1'],
  ['Period', 'changeOpacity 0.1'],
  ['Minus', 'changeThreshold -0.01'],
  ['Equal', 'changeThreshold 0.01'],
  ['KeyA', 'step -1'],
  ['KeyD', 'step 1'],
  ['Shift+KeyA', 'stepUnreviewed -1'],
  ['Shift+KeyD', 'stepUnreviewed 1'],
  ['Enter', 'confirm'],
  ['KeyR', 'decide reject'],
  ['KeyU', 'decide unsure'],
  ['$mod+Enter', 'acceptAll'],
  ['$mod+KeyZ', 'undo'],
  ['$mod+Shift+KeyZ', 'redo'],
  ['$mod+KeyY', 'redo'],
  ['Escape', 'cancel'],
])('%s does %s', (key, does) => expect(pressed(key)).toBe(does))

test('H and Space hold only while they are pressed', () => {
  const { done, commands } = recorder()
  for (const key of ['KeyH', 'Space']) commands.find(({ keys }) => keys?.includes(key))?.release?.()
  expect(done).toEqual(['peek false', 'pan false'])
})

test('no two of them share a key', () => {
  const shown = ({ id, title, group, keys = [] }: Command) => ({
    ...{ id, title, group, keys },
    ...{ enabled: true, changed: false },
  })
  expect([...conflictsOf(recorder().commands.map(shown))]).toEqual([])
})
