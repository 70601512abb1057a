import type { Command } from '../../../commands/command'
import { toolIds, type ToolId } from '../../../editor/core/tool'
import { useCommands } from '../../../stores/commands'
import { editorTexts } from '../../../texts/editor'

/** What the editor can do by key. */
export interface EditorActs {
  readonly choose: (tool: ToolId) => void
  readonly resize: (direction: 1 | -1) => void
  readonly changeThreshold: (by: number) => void
  /** @param n from 1, as the keys have it */
  readonly chooseClass: (n: number) => void
  readonly search: () => void
  readonly swap: () => void
  readonly lock: () => void
  readonly lockOthers: () => void
  readonly undo: () => void
  readonly redo: () => void
  readonly cancel: () => void
  readonly peek: (on: boolean) => void
  readonly pan: (on: boolean) => void
  readonly cycle: (by: 1 | -1) => void
  readonly changeOpacity: (by: number) => void
  readonly toggleOutline: () => void
  readonly copy: () => void
  readonly fit: () => void
  readonly actualSize: () => void
  readonly zoomIn: () => void
  readonly zoomOut: () => void
}

const toolKeys: Readonly<Partial<Record<ToolId, string>>> = {
  brush: 'KeyB',
  eraser: 'KeyE',
  'void-brush': 'KeyV',
  'polygon-add': 'KeyP',
  'polygon-subtract': 'Shift+KeyP',
  fill: 'KeyF',
  wand: 'KeyW',
  superpixel: 'KeyS',
  'threshold-paint': 'KeyT',
  grow: 'KeyG',
  replace: 'Shift+KeyF',
  pick: 'KeyI',
  paste: '$mod+KeyV',
}
const classKeys = 18
const thresholdStep = 0.01
const opacityStep = 0.1
const { group, options, classes } = editorTexts

/** @param canEdit whether there is a mask that may be drawn on */
export function useEditorCommands(acts: EditorActs, canEdit: () => boolean): void {
  useCommands(() => editorCommands(acts, canEdit()))
}

/** Everything that the editor can do, with the keys that it comes with. */
export function editorCommands(acts: EditorActs, canEdit: boolean): readonly Command[] {
  const command = (
    id: string,
    title: string,
    keys: readonly string[],
    run: () => void,
    more: Partial<Command> = {},
  ) => ({
    ...{ id: `editor.${id}`, title, group, keys, run },
    ...more,
  })
  const held = { repeats: true }
  return [
    ...toolIds.map(tool => {
      const key = toolKeys[tool]
      return command(tool, editorTexts.toolNames[tool], key === undefined ? [] : [key], () => acts.choose(tool), {
        enabled: canEdit,
      })
    }),
    ...editCommands(command, acts, canEdit),
    command('larger', options.larger, ['BracketRight'], () => acts.resize(1), held),
    command('smaller', options.smaller, ['BracketLeft'], () => acts.resize(-1), held),
    command('higher', options.higher, ['Equal', 'NumpadAdd'], () => acts.changeThreshold(thresholdStep), held),
    command('lower', options.lower, ['Minus', 'NumpadSubtract'], () => acts.changeThreshold(-thresholdStep), held),
    command('search', classes.search, ['Slash'], acts.search),
    command('layer', editorTexts.cycle, ['KeyQ'], () => acts.cycle(1)),
    command('layerBack', editorTexts.cycleBack, ['Shift+KeyQ'], () => acts.cycle(-1)),
    command('fainter', editorTexts.fainter, ['Comma'], () => acts.changeOpacity(-opacityStep), held),
    command('stronger', editorTexts.stronger, ['Period'], () => acts.changeOpacity(opacityStep), held),
    command('outline', editorTexts.toggleOutline, ['KeyM'], acts.toggleOutline),
    command('peek', editorTexts.peek, ['KeyH'], () => acts.peek(true), {
      keyOnly: true,
      release: () => acts.peek(false),
    }),
    command('pan', editorTexts.pan, ['Space'], () => acts.pan(true), { keyOnly: true, release: () => acts.pan(false) }),
    command('fit', editorTexts.fit, ['Digit0'], acts.fit),
    command('actualSize', editorTexts.actual, ['KeyZ'], acts.actualSize),
    command('zoomIn', editorTexts.zoomIn, ['Shift+Equal'], acts.zoomIn, held),
    command('zoomOut', editorTexts.zoomOut, ['Shift+Minus'], acts.zoomOut, held),
    ...Array.from({ length: classKeys }, (_, n) =>
      command(`class${n + 1}`, classes.choose(n + 1), [classKey(n)], () => acts.chooseClass(n + 1), { keyOnly: true }),
    ),
  ]
}

/** `Digit1` … `Digit9`, then with Shift. @param n from 0 */
export function classKey(n: number): string {
  return n < 9 ? `Digit${n + 1}` : `Shift+Digit${n - 8}`
}

function editCommands(
  command: (id: string, title: string, keys: readonly string[], run: () => void, more?: Partial<Command>) => Command,
  acts: EditorActs,
  enabled: boolean,
): readonly Command[] {
  const held = { repeats: true, enabled }
  return [
    command('undo', editorTexts.undo, ['$mod+KeyZ'], acts.undo, held),
    command('redo', editorTexts.redo, ['$mod+Shift+KeyZ', '$mod+KeyY'], acts.redo, held),
    command('cancel', editorTexts.cancel, ['Escape'], acts.cancel, { enabled, keyOnly: true }),
    command('copy', editorTexts.copy, ['$mod+KeyC'], acts.copy, { enabled }),
    command('swap', classes.swap, ['KeyX'], acts.swap, { enabled }),
    command('lock', classes.lockActive, ['KeyL'], acts.lock, { enabled }),
    command('lockOthers', classes.lockOthers, ['Shift+KeyL'], acts.lockOthers, { enabled }),
  ]
}
