import { timingSafeEqual } from 'node:crypto'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { ApiContext } from './context'
import { cookieName, isOwnHost, isOwnOrigin } from './guard'
import { securityHeaders } from './headers'
import { blobs } from './blobs'
import { appRouter } from './router'
import { staticFiles } from './staticFiles'

/** A request's JSON is small; bytes come and go by routes of their own. */
const largestJson = 1 << 20

export interface AppOptions {
  readonly context: ApiContext
  /** The cookie's value, and what the printed address carries. */
  readonly token: string
  /** The built renderer. */
  readonly rendererFolder: string
}

/** The one door: guard, then bytes, JSON and the window's own files. */
export function createApp({ context, token, rendererFolder }: AppOptions): Hono {
  const app = new Hono()
  app.use(guard(token))
  app.use('/api/*', bodyLimit({ maxSize: largestJson }))
  app.all('/api/*', ({ req }) =>
    fetchRequestHandler({ endpoint: '/api', req: req.raw, router: appRouter, createContext: () => context }),
  )
  app.route('/bytes', blobs(context))
  app.get('*', staticFiles(rendererFolder))
  return app
}

/** Host, origin and cookie, in this order; `?token=` is exchanged for the cookie once. */
function guard(token: string) {
  return createMiddleware(async (c, next) => {
    const host = c.req.header('host') ?? null
    for (const [name, value] of Object.entries(securityHeaders)) c.header(name, value)
    if (!isOwnHost(host)) return c.text('This address is not one of this server.', 403)
    if (!isOwnOrigin(c.req.header('origin') ?? null, host)) return c.text('Other sites cannot ask here.', 403)
    const given = c.req.query('token')
    if (given !== undefined && equal(given, token)) {
      setCookie(c, cookieName(host), token, { httpOnly: true, sameSite: 'Strict', path: '/' })
      const address = new URL(c.req.url)
      address.searchParams.delete('token')
      return c.redirect(address.pathname + address.search)
    }
    if (!equal(getCookie(c, cookieName(host)) ?? '', token))
      return c.text('Open the address that Maskwright printed: it holds the key to this window.', 401)
    return next()
  })
}

function equal(given: string, token: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(token)]
  return left.length === right.length && timingSafeEqual(left, right)
}
