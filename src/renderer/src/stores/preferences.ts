import { defineStore } from 'pinia'
import { ref, watch } from 'vue'

export type ThemeChoice = 'system' | 'light' | 'dark'

/** What a person likes on this screen, kept by the browser: theme, widths of panels. */
export const usePreferencesStore = defineStore('preferences', () => {
  const theme = ref<ThemeChoice>(read('theme', 'system'))
  const panelWidths = ref<Readonly<Record<string, number>>>(read('panelWidths', {}))

  watch(theme, value => write('theme', value))
  watch(panelWidths, value => write('panelWidths', value))

  function setPanelWidth(panel: string, width: number): void {
    panelWidths.value = { ...panelWidths.value, [panel]: width }
  }

  return { theme, panelWidths, setPanelWidth }
})

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
