import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context, Handler } from 'hono'
import type { DoorVariables } from './door'

type StaticContext = Context<{ Variables: DoorVariables }>

interface StaticFile {
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where it is smaller: a window through `ssh -L` on a slow line opens in a third of the time. */
  readonly zipped?: Uint8Array<ArrayBuffer>
}

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
const textTypes = ['.js', '.css', '.svg', '.json']
/** Bytes. Zipping less saves no packet. */
const worthZipping = 1_400
const zip = promisify(gzip)

/**
 * The built window: files with a hash in their name for ever, the page itself for every address that is no file.
 * Files are read and zipped once: they stay as they are while the program runs.
 *
 * @param lastEventId the newest event's id: the page's stream begins after it, so that nothing falls between the
 *   page and its stream
 */
export function staticFiles(folder: string, lastEventId: () => string): Handler<{ Variables: DoorVariables }> {
  const files = new Map<string, Promise<StaticFile>>()
  const fileOf = (name: string): Promise<StaticFile> => {
    const known = files.get(name) ?? readStatic(folder, name)
    files.set(name, known)
    known.catch(() => files.delete(name)) // a name that is no file is not remembered
    return known
  }
  return async c => {
    const path = decodeURIComponent(c.req.path)
    const isPage = types[extname(path)] === undefined || path === '/index.html'
    const file = await fileOf(isPage ? '/index.html' : path).catch(() => undefined)
    if (file === undefined) return c.text('There is no such file.', 404)
    return isPage ? page(c, file, lastEventId()) : send(c, path, file)
  }
}

async function readStatic(folder: string, name: string): Promise<StaticFile> {
  const path = join(folder, name)
  if (!path.startsWith(folder + sep)) throw new Error('outside of the window')
  const bytes = new Uint8Array(await readFile(path))
  const type = types[extname(name)]!
  if (!textTypes.includes(extname(name)) || bytes.length < worthZipping) return { type, bytes }
  return { type, bytes, zipped: new Uint8Array(await zip(bytes)) }
}

/** The page names this answer's nonce and its place in the event stream: it is never kept. */
function page(c: StaticContext, { bytes }: StaticFile, eventId: string): Response {
  c.header('Cache-Control', 'no-store')
  return c.html(
    Buffer.from(bytes).toString('utf8').replaceAll('__CSP_NONCE__', c.var.nonce).replaceAll('__EVENT_ID__', eventId),
  )
}

function send(c: StaticContext, path: string, { type, bytes, zipped }: StaticFile): Response {
  c.header('Content-Type', type)
  c.header('Cache-Control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
  c.header('Vary', 'Accept-Encoding')
  if (zipped === undefined || !/\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) return c.body(bytes)
  c.header('Content-Encoding', 'gzip')
  return c.body(zipped)
}
