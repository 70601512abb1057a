import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { newestOnly } from '../../../shared/newestOnly'

export interface Load<Value> {
  /** The newest answer; it stays on screen while the next is fetched. */
  readonly value: ShallowRef<Value | undefined>
  readonly error: ShallowRef<unknown>
  /** Nothing is there to be shown yet. */
  readonly loading: ComputedRef<boolean>
  readonly busy: ShallowRef<boolean>
  readonly reload: () => Promise<void>
}

/**
 * Fetches what `key` asks for, again whenever it changes; an answer that comes after a newer question is dropped.
 * @param key  what is asked; undefined: nothing yet
 */
export function useLoad<Key, Value>(key: () => Key | undefined, fetch: (key: Key) => Promise<Value>): Load<Value> {
  const value = shallowRef<Value>()
  const error = shallowRef<unknown>()
  const busy = shallowRef(false)
  const questions = newestOnly()

  async function reload(): Promise<void> {
    const wanted = key()
    const isNewest = questions.ask()
    if (wanted === undefined) return
    busy.value = true
    try {
      const answer = await fetch(wanted)
      if (!isNewest()) return
      value.value = answer
      error.value = undefined
    } catch (cause) {
      if (isNewest()) error.value = cause
    } finally {
      if (isNewest()) busy.value = false
    }
  }

  watch(() => JSON.stringify(key()), reload, { immediate: true })
  onScopeDispose(questions.withdraw)
  return { value, error, busy, loading: computed(() => value.value === undefined && error.value === undefined), reload }
}
