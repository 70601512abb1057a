import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import type { Handler } from 'hono'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

/** The built window: files with a hash in their name for ever, the page itself for every address that is no file. */
export function staticFiles(folder: string): Handler {
  return async c => {
    const path = normalize(decodeURIComponent(c.req.path))
    const type = types[extname(path)]
    const name = type === undefined || path.includes('..') ? '/index.html' : path
    try {
      const bytes = await readFile(join(folder, name))
      c.header('Content-Type', types[extname(name)]!)
      c.header('Cache-Control', name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
      return c.body(new Uint8Array(bytes))
    } catch {
      return c.text('There is no such file.', 404)
    }
  }
}
