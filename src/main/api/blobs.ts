import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { blobPath } from '../artifacts/blobStore'
import type { ApiContext } from './context'

const types: Readonly<Record<string, string>> = { png: 'image/png', safetensors: 'application/octet-stream' }

/** Bytes of projects: blobs by their hash, which never change, so that a browser asks for each once. */
export function blobs(context: ApiContext): Hono {
  const app = new Hono()
  app.get('/:project/blobs/:name{[0-9a-f]{64}\\.[a-z0-9]{1,16}}', async c => {
    const { project, name } = c.req.param()
    const { project: open } = await context.sessions.get(project)
    const [hash, extension] = name.split('.') as [string, string]
    const tag = `"${hash}"`
    c.header('ETag', tag)
    c.header('Cache-Control', 'private, max-age=31536000, immutable')
    if (c.req.header('if-none-match') === tag) return c.body(null, 304)
    const bytes = await readFile(blobPath(open.blobFolder, name)).catch(() => undefined)
    if (bytes === undefined) {
      c.header('Cache-Control', 'no-store')
      return c.text('This project has no such blob.', 404)
    }
    c.header('Content-Type', types[extension] ?? 'application/octet-stream')
    return c.body(new Uint8Array(bytes))
  })
  return app
}
