import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/**
 * A part of the address that a control reads and writes; the parts beside it stay. It leaves no step to go back to: how a
 * list is sorted or searched is where a person is, not a way they went.
 */
export function useAddressText(key: string): WritableComputedRef<string> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => (typeof route.query[key] === 'string' ? route.query[key] : ''),
    set: (text: string | null) => {
      void router.replace({ query: { ...route.query, [key]: text ? text : undefined } })
    },
  })
}

/** As {@link useAddressText}, for one of some words; the first is the usual one and is not written. */
export function useAddressWord<Word extends string>(
  key: string,
  words: readonly [Word, ...Word[]],
): WritableComputedRef<Word> {
  const text = useAddressText(key)
  return computed({
    get: () => words.find(word => word === text.value) ?? words[0],
    set: word => (text.value = word === words[0] ? '' : word),
  })
}
