import { tracked } from '@trpc/server'
import { z } from 'zod'
import { EventQueue } from '../../host/eventQueue'
import { procedure } from '../trpc'

/** The one stream of a tab: what it missed since `lastEventId`, then everything as it happens. */
export const events = procedure
  .input(z.object({ lastEventId: z.string().max(64).nullish() }).optional())
  .subscription(async function* ({ ctx: { bus }, input, signal }) {
    const queue = new EventQueue()
    // In one turn of the loop: nothing can happen between the past and what is listened to.
    if (input?.lastEventId) for (const missed of bus.since(input.lastEventId)) queue.push(missed)
    const stop = bus.listen(event => queue.push(event))
    try {
      for (let next = await queue.next(signal!); next !== undefined; next = await queue.next(signal!))
        yield tracked(next.id, next.event)
    } finally {
      stop()
    }
  })
