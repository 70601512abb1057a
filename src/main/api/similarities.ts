import { Hono } from 'hono'
import { isCancellation } from '../../shared/errors'
import { encodeSimilarity } from '../artifacts/similarityFile'
import type { ApiContext } from './context'

/** A browser that has gone on waits for no answer. */
const clientClosed = 499

/** How like the prototypes of a class one photo is, as a safetensors file: what the prototype inspector adds up. */
export function similarities(context: ApiContext): Hono {
  const app = new Hono()
  app.get('/:project/similarities/:run{[0-9]{1,15}}/:image{[0-9]{1,15}}/:place{[0-9]{1,4}}', async c => {
    const { project, run, image, place } = c.req.param()
    const session = await context.sessions.get(project)
    const step = c.req.query('step') ?? ''
    const request = { run: Number(run), step, image: Number(image), place: Number(place) }
    try {
      const similarity = await session.inspector.similarity(request, c.req.raw.signal)
      return c.body(new Uint8Array(encodeSimilarity(similarity)), 200, {
        'Content-Type': 'application/octet-stream',
        'Cache-Control': 'private, no-store',
      })
    } catch (error) {
      if (isCancellation(error)) return new Response(null, { status: clientClosed })
      throw error
    }
  })
  return app
}
