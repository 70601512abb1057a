import { Hono } from 'hono'
import { z } from 'zod'
import { WorkbenchError } from '../../shared/errors'
import { absolutePath } from '../db/storedPath'
import { findImage } from '../jobs/photoLayers'
import type { ApiContext } from './context'

/** `x0,y0,x1,y1` in pixels of the photo as it is looked at; `size`: the picture's longest side in pixels. */
const query = z.object({
  box: z.string().regex(/^\d{1,5}(,\d{1,5}){3}$/),
  size: z.coerce.number().int().min(16).max(512),
})

/** Parts of photos, made in the pool. With the photo's hash in the address (`?hash=`) a browser keeps them. */
export function crops(context: ApiContext): Hono {
  const app = new Hono()
  app.get('/:project/crops/:image{[0-9]{1,15}}', async c => {
    const asked = query.safeParse(c.req.query())
    if (!asked.success)
      throw new WorkbenchError('USAGE', 'A crop is asked for by box=x0,y0,x1,y1 and size=16 … 512, in pixels.')
    const session = await context.sessions.get(c.req.param('project'))
    const image = findImage(session.project, Number(c.req.param('image')))
    const path = absolutePath(session.project.folder, image.path)
    const [x0, y0, x1, y1] = asked.data.box.split(',').map(Number) as [number, number, number, number]
    const cut = { path, box: { x0, y0, x1, y1 }, size: asked.data.size }
    const { bytes } = await session.pool.run('crop', cut, c.req.raw.signal)
    const named = image.sha256.startsWith(c.req.query('hash') ?? '-')
    return c.body(new Uint8Array(bytes), 200, {
      'Content-Type': 'image/webp',
      'Cache-Control': named ? 'private, max-age=31536000, immutable' : 'private, no-cache',
    })
  })
  return app
}
