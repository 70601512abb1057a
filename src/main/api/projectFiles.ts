import { join } from 'node:path'
import { Hono } from 'hono'
import { ThumbnailCache } from '../artifacts/thumbnailCache'
import { readReport, skippedCsv, skippedMatching } from '../host/importReports'
import type { ApiContext } from './context'

/** Bytes of projects as a whole: the pictures that stand for one, and the lists of what its imports left out. */
export function projectFiles(context: ApiContext): Hono {
  const app = new Hono()

  /** A small picture of a project in the list, which opens no project: for one that is not open, only a kept picture. */
  app.get('/:project/covers/:image{[0-9]{1,15}}/:hash{[0-9a-f]{64}}', async c => {
    const { project, image, hash } = c.req.param()
    const session = context.sessions.find(project)
    const photo = session?.project.images.find(Number(image))
    const folder = session?.project.folder ?? context.recents.find(project)?.folder
    if (folder === undefined) return c.text('This project is not known here.', 404)
    const bytes =
      session !== undefined && photo?.sha256 === hash
        ? await session.thumbnails.read(photo, 128, c.req.raw.signal).catch(() => undefined)
        : await keptPicture(folder, hash)
    if (bytes === undefined) return c.text('There is no picture of this photo.', 404)
    const caching = 'private, max-age=31536000, immutable'
    return c.body(new Uint8Array(bytes), 200, { 'Content-Type': 'image/webp', 'Cache-Control': caching })
  })

  app.get('/:project/imports/:id{[0-9a-f-]{36}}/skipped.csv', async c => {
    const { project, id } = c.req.param()
    const session = await context.sessions.get(project)
    const report = await readReport(session.project.folder, id)
    c.header('Content-Type', 'text/csv; charset=utf-8')
    c.header('Content-Disposition', `attachment; filename="skipped-${id.slice(0, 8)}.csv"`)
    return c.body(skippedCsv(skippedMatching(report, { text: c.req.query('text') ?? '' })))
  })
  return app
}

async function keptPicture(folder: string, sha256: string): Promise<Uint8Array | undefined> {
  const cache = new ThumbnailCache(join(folder, 'cache'), 0)
  return (await cache.read({ sha256, side: 128 })) ?? (await cache.read({ sha256, side: 256 }))
}
