import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { WorkbenchError } from '../../shared/errors'
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
    const kept = { ETag: tag, 'Cache-Control': 'private, max-age=31536000, immutable' }
    if (c.req.header('if-none-match') === tag) return c.body(null, 304, kept)
    const bytes = await bytesOf(blobPath(open.blobFolder, name))
    if (bytes === undefined) return c.text('This project has no such blob.', 404, { 'Cache-Control': 'no-store' })
    const type = types[extension] ?? 'application/octet-stream'
    return c.body(new Uint8Array(bytes), 200, { ...kept, 'Content-Type': type })
  })
  return app
}

/** @returns undefined where there is no such file @throws FILE_UNREADABLE where it is there and the disk does not give it */
async function bytesOf(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new WorkbenchError('FILE_UNREADABLE', `Cannot read ${path} (${(cause as Error).message}).`, { cause })
  }
}
