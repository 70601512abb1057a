import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** A pause in typing after which it is looked for, in milliseconds. */
const PAUSE_MS = 200

/**
 * A search field's text: looked for when its person stops typing, and never what is looked for already.
 * @param wanted what is looked for now: the field shows it when it changes from elsewhere
 */
export function useTypedSearch(
  wanted: () => string | undefined,
  search: (text: string | undefined) => void,
): Ref<string | null> {
  /** null: what Vuetify's fields give when they are cleared. */
  const typed = ref<string | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(wanted, now => (typed.value = now ?? ''), { immediate: true })
  watch(typed, now => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      const text = now?.trim() || undefined
      if (text !== wanted()) search(text)
    }, PAUSE_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
  return typed
}
