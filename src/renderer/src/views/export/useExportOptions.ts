import { computed, ref } from 'vue'

type Values = Readonly<Record<string, unknown>>

/** Options that differ from their defaults, kept for each format while the screen is open. */
export function useExportOptions(format: () => string) {
  const byFormat = ref<Readonly<Record<string, Values>>>({})
  const given = computed<Values>(() => byFormat.value[format()] ?? {})

  function set(key: string, value: unknown): void {
    byFormat.value = { ...byFormat.value, [format()]: { ...given.value, [key]: value } }
  }

  function reset(key: string): void {
    const rest = Object.entries(given.value).filter(([name]) => name !== key)
    byFormat.value = { ...byFormat.value, [format()]: Object.fromEntries(rest) }
  }

  return { given, set, reset }
}
