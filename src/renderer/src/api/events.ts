import type { WorkbenchEvent } from '../../../shared/contract/events'
import { api } from './client'

/** `lost`: tried again by itself. `shutOut`: the server is there, but this browser has no key to it any more. */
export type StreamState = 'connecting' | 'open' | 'lost' | 'shutOut'

export interface StreamListener {
  readonly event: (event: WorkbenchEvent) => void
  readonly state: (state: StreamState) => void
}

const retryAfterMs = 2_000
/**
 * A browser opens six connections to one server and a stream keeps one of them: tabs that nobody looks at let go of
 * theirs, and catch up when they are looked at again.
 */
const hiddenForMs = 60_000

/** Opens the tab's one event stream; it reconnects by itself and catches up from the last event heard. */
export function openEventStream(listener: StreamListener): () => void {
  // The page says where its stream begins, so that nothing is lost between the page and its first connection.
  let lastEventId = document.querySelector<HTMLMetaElement>('meta[name="event-id"]')?.content
  let subscription: { unsubscribe: () => void } | undefined
  let timer: number | undefined
  let wasOpen = false
  let isLost = false

  function connect(): void {
    disconnect()
    subscription = api.events.subscribe(lastEventId === undefined ? undefined : { lastEventId }, {
      onData: ({ id, data }) => {
        lastEventId = id
        listener.event(data)
      },
      onConnectionStateChange: ({ state }) => {
        if (state === 'pending') opened()
        else if (state === 'connecting') tell(wasOpen ? 'lost' : 'connecting')
      },
      onError: () => void retry(), // an answer that is no stream: the browser does not try again by itself
    })
  }

  function tell(state: StreamState): void {
    isLost ||= state === 'lost' || state === 'shutOut'
    listener.state(state)
  }

  function opened(): void {
    wasOpen = true
    tell('open')
    // The stream tells what it missed, but what was asked for at the moment of the cut may have got no answer.
    if (isLost) listener.event({ type: 'reset' })
    isLost = false
  }

  async function retry(): Promise<void> {
    disconnect()
    tell((await isShutOut()) ? 'shutOut' : 'lost')
    timer = window.setTimeout(connect, retryAfterMs)
  }

  function disconnect(): void {
    window.clearTimeout(timer)
    subscription?.unsubscribe()
    subscription = undefined
  }

  function onVisibility(): void {
    window.clearTimeout(timer)
    if (document.hidden && !tellsWhileHidden()) timer = window.setTimeout(disconnect, hiddenForMs)
    else if (subscription === undefined) connect()
  }

  document.addEventListener('visibilitychange', onVisibility)
  connect()
  return () => {
    document.removeEventListener('visibilitychange', onVisibility)
    disconnect()
  }
}

/** A person who let us tell of finished works on the desktop wants to hear of them from a hidden tab. */
function tellsWhileHidden(): boolean {
  return 'Notification' in window && Notification.permission === 'granted'
}

async function isShutOut(): Promise<boolean> {
  const answer = await fetch('/', { method: 'HEAD' }).catch(() => undefined)
  return answer?.status === 401
}
