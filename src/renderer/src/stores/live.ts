import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { WorkbenchEvent } from '../../../shared/contract/events'
import { openEventStream, type StreamState } from '../api/events'

type Handler = (event: WorkbenchEvent) => void

/** The tab's one event stream. Stores listen here and look again at what an event is about; `reset` is about everything. */
export const useLiveStore = defineStore('live', () => {
  const state = ref<StreamState>('connecting')
  const handlers = new Set<Handler>()
  let close: (() => void) | undefined

  function open(): void {
    close ??= openEventStream({
      event: event => handlers.forEach(handle => handle(event)),
      state: now => (state.value = now),
    })
  }

  /** @returns how to stop */
  function listen(handle: Handler): () => void {
    handlers.add(handle)
    return () => handlers.delete(handle)
  }

  return { state, open, listen }
})
