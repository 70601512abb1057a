import { Hono } from 'hono'
import { superpixelIterations, superpixelQuerySchema } from '../../shared/contract/superpixels'
import { isCancellation, WorkbenchError } from '../../shared/errors'
import { issueSentence } from '../../shared/issueSentence'
import { encodeSuperpixels } from '../artifacts/superpixelFile'
import { absolutePath } from '../db/storedPath'
import { findImage } from '../jobs/photoLayers'
import type { ApiContext } from './context'

/** A browser that has gone on waits for no answer. */
const clientClosed = 499
/** Stands in the tag of an answer: changed when the cutting itself changes. */
const VERSION = 1

/**
 * A photo's superpixels, as a safetensors file. A browser keeps them and is told that they are as they were: they are cut
 * once for a photo and its settings.
 */
export function superpixels(context: ApiContext): Hono {
  const app = new Hono()
  app.get('/:project/superpixels/:image{[0-9]{1,15}}', async c => {
    const asked = superpixelQuerySchema.safeParse(c.req.query())
    if (!asked.success)
      throw new WorkbenchError('USAGE', `${issueSentence(asked.error.issues[0]!, c.req.query(), 'superpixels')}.`)
    const { spacing, compactness } = asked.data
    const { project, pool } = await context.sessions.get(c.req.param('project'))
    const image = findImage(project, Number(c.req.param('image')))
    const tag = `"${image.sha256}-${spacing}-${compactness}-${VERSION}"`
    const caching = { ETag: tag, 'Cache-Control': 'private, no-cache' }
    if (c.req.header('if-none-match') === tag) return c.body(null, 304, caching)
    const settings = { spacing, compactness, iterations: superpixelIterations }
    const path = absolutePath(project.folder, image.path)
    try {
      const map = await pool.run('superpixels', { path, settings }, c.req.raw.signal)
      const type = { 'Content-Type': 'application/octet-stream' }
      return c.body(new Uint8Array(encodeSuperpixels(map)), 200, { ...caching, ...type })
    } catch (error) {
      if (isCancellation(error)) return new Response(null, { status: clientClosed })
      throw error
    }
  })
  return app
}
