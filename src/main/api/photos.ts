import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { WorkbenchError } from '../../shared/errors'
import type { ImageRow } from '../db/schema'
import { absolutePath } from '../db/storedPath'
import { whatHappened } from '../jobs/checkPhotos'
import { findImage } from '../jobs/photoLayers'
import { photoInfo } from '../media/photoInfo'
import { typeAsItIs } from '../media/viewablePhoto'
import type { ApiContext } from './context'

/** Pixels that no screen and no texture goes beyond. */
const LONGEST = 16_384

/**
 * The photos themselves: their own bytes where a browser shows them as they are, else turned, translated or shrunk in
 * the pool. They lie outside the project and may change, so a browser asks each time and is told that nothing has.
 */
export function photos(context: ApiContext): Hono {
  const app = new Hono()
  app.get('/:project/photos/:image{[0-9]{1,15}}', async c => {
    const session = await context.sessions.get(c.req.param('project'))
    const image = findImage(session.project, Number(c.req.param('image')))
    const path = absolutePath(session.project.folder, image.path)
    const longest = longestOf(c.req.query('longest'))
    await assertAsImported(path, image)
    const caching = { ETag: `"${image.sha256}-${longest}"`, 'Cache-Control': 'private, no-cache' }
    if (c.req.header('if-none-match') === caching.ETag) return c.body(null, 304, caching)
    const own = typeAsItIs(await photoInfo(path), longest)
    if (own !== undefined)
      return c.body(Readable.toWeb(createReadStream(path)) as ReadableStream, 200, { ...caching, 'Content-Type': own })
    const { bytes, type } = await session.pool.run('viewPhoto', { path, longest }, c.req.raw.signal)
    return c.body(new Uint8Array(bytes), 200, { ...caching, 'Content-Type': type })
  })
  return app
}

function longestOf(asked: string | undefined): number {
  if (asked === undefined) return LONGEST
  const longest = Number(asked)
  if (Number.isInteger(longest) && longest >= 1 && longest <= LONGEST) return longest
  throw new WorkbenchError('USAGE', `longest=${asked} is no number of pixels from 1 to ${LONGEST}.`)
}

/** @throws FILE_UNREADABLE saying what became of the photo since it was imported */
async function assertAsImported(path: string, image: ImageRow): Promise<void> {
  const happened = await whatHappened({ path, sha256: image.sha256 }, image)
  if (happened === undefined) return
  const sentence =
    happened === 'deleted'
      ? `${path} is missing: put it back, or import the photos again.`
      : `${path} was changed since it was imported, and the maps are of what it was: import the photos again.`
  throw new WorkbenchError('FILE_UNREADABLE', sentence)
}
