import { EventEmitter, on } from 'node:events'
import { tracked } from '@trpc/server'
import { z } from 'zod'
import type { StreamedEvent } from '../../../shared/contract/events'
import { procedure } from '../trpc'

/** The one stream of a tab: what it missed since `lastEventId`, then everything as it happens. */
export const events = procedure
  .input(z.object({ lastEventId: z.string().max(64).nullish() }).optional())
  .subscription(async function* ({ ctx: { bus }, input, signal }) {
    const emitter = new EventEmitter()
    const stop = bus.listen(event => emitter.emit('event', event))
    try {
      const coming = on(emitter, 'event', { signal: signal! })
      const lastId = input?.lastEventId
      const missed = lastId ? bus.since(lastId) : []
      for (const { id, event } of missed) yield tracked(id, event)
      for await (const [streamed] of coming as AsyncIterable<[StreamedEvent]>)
        yield tracked(streamed.id, streamed.event)
    } finally {
      stop()
    }
  })
