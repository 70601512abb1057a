import type { WorkbenchEvent } from '../../../shared/contract/events'
import { api } from './client'

export type StreamState = 'connecting' | 'open' | 'lost'

export interface StreamListener {
  readonly event: (event: WorkbenchEvent) => void
  readonly state: (state: StreamState) => void
}

/** Opens the tab's one event stream; it reconnects by itself and catches up from the last event heard. */
export function openEventStream({ event, state }: StreamListener): () => void {
  let wasOpen = false
  const subscription = api.events.subscribe(undefined, {
    onData: ({ data }) => event(data),
    onConnectionStateChange: ({ state: now }) => {
      if (now === 'pending') {
        wasOpen = true
        state('open')
      } else if (now === 'connecting') state(wasOpen ? 'lost' : 'connecting')
    },
  })
  return () => subscription.unsubscribe()
}
