import { defineStore } from 'pinia'
import { computed, onScopeDispose, shallowRef, type ComputedRef } from 'vue'
import type { Command, ShownCommand } from '../commands/command'
import { conflictsOf } from '../commands/conflicts'
import { isInOverlay, isKeyOfElement, isTextField } from '../commands/focus'
import { normalPress, pressName, pressOf, type KeyLayout } from '../commands/keys'
import { useNoticesStore } from './notices'
import { usePreferencesStore } from './preferences'

const mostRecent = 8

/** What can be done now, by key or from the palette: the frame's commands and those of the screen that is shown. */
export const useCommandsStore = defineStore('commands', () => {
  const preferences = usePreferencesStore()
  const notices = useNoticesStore()
  const lists = shallowRef<readonly ComputedRef<readonly Command[]>[]>([])
  const layout = shallowRef<KeyLayout>(new Map())
  const held = new Map<string, () => void>()

  /** A command that is registered twice is the one that came later: the screen's, not the frame's. */
  const commands = computed<ReadonlyMap<string, Command>>(
    () => new Map(lists.value.flatMap(list => list.value).map(command => [command.id, command])),
  )
  const shown = computed<readonly ShownCommand[]>(() => [...commands.value.values()].map(show))
  /** What the palette lists: what can be done by being chosen. */
  const inPalette = computed(() => [...commands.value.values()].filter(({ keyOnly }) => keyOnly !== true).map(show))
  const conflicts = computed(() => conflictsOf(shown.value))

  function show({ id, title, group, enabled, keys }: Command): ShownCommand {
    const own = preferences.keys[id]
    return { id, title, group, enabled: enabled ?? true, keys: own ?? keys ?? [], changed: own !== undefined }
  }

  function register(list: ComputedRef<readonly Command[]>): () => void {
    lists.value = [...lists.value, list]
    return () => (lists.value = lists.value.filter(other => other !== list))
  }

  /** Does it, if it can be done now; what goes wrong is said. */
  function run(id: string): void {
    const command = commands.value.get(id)
    if (command === undefined || command.enabled === false) return
    if (command.keyOnly !== true) remember(id)
    void notices.attempt(async () => command.run())
  }

  function remember(id: string): void {
    preferences.recentCommands = [id, ...preferences.recentCommands.filter(other => other !== id)].slice(0, mostRecent)
  }

  /** The keys of a command for a tooltip: `B`, `Ctrl+K or F1`; empty where it has none. */
  function hint(id: string): string {
    const command = commands.value.get(id)
    if (command === undefined) return ''
    return show(command)
      .keys.map(press => pressName(press, layout.value))
      .join(' or ')
  }

  function nameOf(press: string): string {
    return pressName(press, layout.value)
  }

  /** The command that a press means: of those that share it, the one registered last that can be done. */
  function commandAt(event: KeyboardEvent): Command | undefined {
    const press = pressOf(event)
    if (press === undefined) return undefined
    const meant = [...commands.value.values()].filter(
      command => command.enabled !== false && show(command).keys.some(key => normalPress(key) === press),
    )
    const free = !isTextField(event.target) && !isKeyOfElement(event.target, event.code) && !isInOverlay(event.target)
    return meant.filter(({ everywhere }) => free || everywhere === true).at(-1)
  }

  function press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return
    const command = commandAt(event)
    if (command === undefined) return
    event.preventDefault()
    if (event.repeat && command.repeats !== true) return
    if (command.release) held.set(event.code, command.release)
    run(command.id)
  }

  function release(code?: string): void {
    for (const [key, end] of held) {
      if (code !== undefined && key !== code) continue
      held.delete(key)
      end()
    }
  }

  /** Hears the keys of the whole window from now on. @returns how to stop */
  function listen(): () => void {
    const up = (event: KeyboardEvent) => release(event.code)
    const leave = () => release() // a key let go elsewhere is never heard of
    window.addEventListener('keydown', press)
    window.addEventListener('keyup', up)
    window.addEventListener('blur', leave)
    void readLayout().then(map => (layout.value = map))
    return () => {
      window.removeEventListener('keydown', press)
      window.removeEventListener('keyup', up)
      window.removeEventListener('blur', leave)
    }
  }

  return { shown, inPalette, conflicts, register, run, remember, hint, nameOf, listen }
})

/** Registers what a screen can do for as long as it is shown. Called in a view's set-up. */
export function useCommands(list: () => readonly Command[]): void {
  const store = useCommandsStore()
  onScopeDispose(store.register(computed(list)))
}

interface KeyboardWithLayout {
  getLayoutMap(): Promise<KeyLayout>
}

/** Chromium tells what a layout prints; elsewhere keys are named as they are on a US keyboard. */
async function readLayout(): Promise<KeyLayout> {
  const { keyboard } = navigator as { readonly keyboard?: KeyboardWithLayout }
  try {
    return (await keyboard?.getLayoutMap()) ?? new Map()
  } catch {
    return new Map()
  }
}
