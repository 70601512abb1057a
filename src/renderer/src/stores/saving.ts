import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { listenToSaving } from '../api/savingLink'

/** Whether what a person changed is on the disk: all changes are saved as they are made. */
export const useSavingStore = defineStore('saving', () => {
  const pending = ref(0)
  const last = ref<'none' | 'saved' | 'failed'>('none')
  /** When a change was stored last, ms since 1970. */
  const savedAt = ref<number>()
  const state = computed(() => (pending.value > 0 ? 'saving' : last.value))

  listenToSaving({
    begun: () => pending.value++,
    ended: done => {
      pending.value--
      last.value = done ? 'saved' : 'failed'
      if (done) savedAt.value = Date.now()
    },
  })

  return { state, savedAt }
})
