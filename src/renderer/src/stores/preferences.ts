import { defineStore } from 'pinia'
import { ref, watch, type Ref } from 'vue'

export type ThemeChoice = 'system' | 'light' | 'dark'

/** What a person likes on this screen, kept by the browser: theme, widths of panels, keys of their own. */
export const usePreferencesStore = defineStore('preferences', () => {
  const theme = kept<ThemeChoice>('theme', 'system')
  /** CSS px by panel; 0: folded away. */
  const panelWidths = kept<Readonly<Record<string, number>>>('panelWidths', {})
  /** Width of a photo in the gallery, CSS px. */
  const tileWidth = kept('tileWidth', 148)
  /** Presses by command, where they are not the ones it came with. */
  const keys = kept<Readonly<Record<string, readonly string[]>>>('keys', {})
  /** Ids of commands, the newest first. */
  const recentCommands = kept<readonly string[]>('recentCommands', [])
  /** How the mask is drawn on the Review screen, where it is not as usual. */
  const reviewLook = kept<Readonly<Record<string, number | boolean>>>('reviewLook', {})
  /** Tell of finished works by the system's own messages while the tab is hidden. */
  const desktopNotices = kept('desktopNotices', false)

  function setPanelWidth(panel: string, width: number): void {
    panelWidths.value = { ...panelWidths.value, [panel]: width }
  }

  /** @param presses undefined: the ones that the command came with */
  function setKeys(command: string, presses: readonly string[] | undefined): void {
    const others = Object.entries(keys.value).filter(([id]) => id !== command)
    keys.value = Object.fromEntries(presses === undefined ? others : [...others, [command, presses]])
  }

  function resetKeys(): void {
    keys.value = {}
  }

  return {
    ...{ theme, panelWidths, tileWidth, keys, recentCommands, reviewLook, desktopNotices },
    ...{ setPanelWidth, setKeys, resetKeys },
  }
})

/** A value that outlives the tab. */
function kept<Value>(key: string, fallback: Value): Ref<Value> {
  const value = ref(read(key, fallback)) as Ref<Value>
  watch(value, now => write(key, now))
  return value
}

function read<Value>(key: string, fallback: Value): Value {
  try {
    const stored = localStorage.getItem(`maskwright.${key}`)
    return stored === null ? fallback : (JSON.parse(stored) as Value)
  } catch {
    return fallback // a browser without storage, or a value of another version
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(`maskwright.${key}`, JSON.stringify(value))
  } catch {
    // A browser without storage: the choice lasts as long as the tab.
  }
}
