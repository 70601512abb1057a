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
  const meant = () => typed.value?.trim() || undefined
  watch(
    wanted,
    now => {
      // What is looked for comes back from here, too: a space between two words must not vanish while they are typed.
      if (typed.value === null || now !== meant()) typed.value = now ?? ''
    },
    { immediate: true },
  )
  watch(typed, () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (meant() !== wanted()) search(meant())
    }, PAUSE_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
  return typed
}
