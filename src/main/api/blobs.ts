import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { blobPath } from '../artifacts/blobStore'
import type { ApiContext } from './context'

const types: Readonly<Record<string, string>> = { png: 'image/png', safetensors: 'application/octet-stream' }

/** Bytes of projects: blobs by their hash, which never change. */
export function blobs(context: ApiContext): Hono {
  const app = new Hono()
  app.get('/:project/blobs/:name{[0-9a-f]+\\.[a-z0-9]+}', async c => {
    const { project, name } = c.req.param()
    const session = await context.sessions.get(project)
    const bytes = await readFile(blobPath(session.project.blobFolder, name)).catch(() => undefined)
    if (bytes === undefined) return c.text('This project has no such blob.', 404)
    c.header('Content-Type', types[name.split('.')[1]!] ?? 'application/octet-stream')
    c.header('Cache-Control', 'private, max-age=31536000, immutable')
    return c.body(new Uint8Array(bytes))
  })
  return app
}
