import { Hono } from 'hono'
import { thumbnailSizes } from '../../shared/contract/photos'
import { isCancellation, toErrorData } from '../../shared/errors'
import type { ApiContext } from './context'

const defaultSize = 256
const clientClosed = 499
const forEver = 'private, max-age=31536000, immutable'

/**
 * Small pictures of photos. The address may carry the photo's hash (`?hash=`): then it names the content, and browsers
 * keep the picture without asking again. A photo that is missing or broken is a 404 with a sentence.
 */
export function thumbnails(context: ApiContext): Hono {
  const app = new Hono()
  app.get('/:project/thumbnails/:image{[0-9]{1,15}}', async c => {
    const side = thumbnailSizes.find(size => String(size) === (c.req.query('size') ?? String(defaultSize)))
    if (side === undefined) return c.text(`Pictures are made with ${thumbnailSizes.join(', ')} pixels.`, 400)
    const session = await context.sessions.get(c.req.param('project'))
    const photo = session.project.images.find(Number(c.req.param('image')))
    if (photo === undefined) return c.text('This project has no such photo.', 404)
    const tag = `"${photo.sha256}-${side}"`
    const hash = c.req.query('hash')
    const isNamed = hash !== undefined && hash !== '' && photo.sha256.startsWith(hash)
    const caching = { 'Cache-Control': isNamed ? forEver : 'private, no-cache', ETag: tag }
    if (c.req.header('if-none-match') === tag) return c.body(null, 304, caching)
    try {
      const bytes = await session.thumbnails.read(photo, side, c.req.raw.signal)
      return c.body(new Uint8Array(bytes), 200, { ...caching, 'Content-Type': 'image/webp' })
    } catch (error) {
      if (isCancellation(error)) return new Response(null, { status: clientClosed })
      return c.text(toErrorData(error).message, 404)
    }
  })
  return app
}
