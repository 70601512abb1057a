import { getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { DoorKeys } from '../host/doorKeys'
import { doorPage } from './doorPage'
import { cookieName, isOwnFetch, refusalOf, tokenIn, type DoorRequest } from './guard'
import { newNonce, securityHeaders } from './headers'

export interface DoorVariables {
  /** Names the page's own style elements in its Content-Security-Policy. */
  readonly nonce: string
}

const howToComeIn =
  'Press Enter where Maskwright runs, or start `maskwright serve` again, and open the address that it prints.'

/** Puts the browser's policies on every answer, whoever made it. */
export const policies = createMiddleware<{ Variables: DoorVariables }>(async (c, next) => {
  const nonce = newNonce()
  c.set('nonce', nonce)
  await next()
  for (const [name, value] of Object.entries(securityHeaders(nonce))) c.res.headers.set(name, value)
})

/** Checks every request: first what it is, then who asks. `?token=` is exchanged for the browser's key, and works once. */
export function door(keys: DoorKeys) {
  return createMiddleware<{ Variables: DoorVariables }>(async (c, next) => {
    const nonce = c.var.nonce
    const request = doorRequest(c.req.raw)
    const refusal = refusalOf(request)
    if (refusal) return answer(refusal.sentence, refusal.status)

    const cookie = cookieName(request.host)
    const isKnown = keys.accepts(getCookie(c, cookie))
    const token = tokenIn(request.target)
    if (token === undefined)
      return isKnown ? next() : answer(`This browser has no key to this Maskwright. ${howToComeIn}`, 401)
    if (isKnown)
      keys.spend(token) // also who is in leaves no address behind that lets in another
    else {
      const key = keys.exchange(token)
      if (key === undefined)
        return answer(`This address was used already, or is of an earlier start. ${howToComeIn}`, 401)
      setCookie(c, cookie, key, { httpOnly: true, sameSite: 'Strict', path: '/' })
    }
    const clean = withoutToken(request.target)
    // A strict cookie does not follow a redirect that began on another site; it does follow our own page's.
    return isOwnFetch(request.fetchSite)
      ? c.redirect(clean, 303)
      : c.html(doorPage({ nonce, sentence: 'Opening Maskwright …', next: clean }))

    function answer(sentence: string, status: 400 | 401 | 403 | 405 | 414 | 415): Response {
      c.header('Cache-Control', 'no-store')
      return request.fetchMode === 'navigate' ? c.html(doorPage({ nonce, sentence }), status) : c.text(sentence, status)
    }
  })
}

function doorRequest({ method, url, headers }: Request): DoorRequest {
  return {
    method,
    target: url.slice(new URL(url).origin.length),
    host: headers.get('host'),
    origin: headers.get('origin'),
    contentType: headers.get('content-type'),
    fetchSite: headers.get('sec-fetch-site'),
    fetchMode: headers.get('sec-fetch-mode'),
    fetchDest: headers.get('sec-fetch-dest'),
  }
}

/** Path and query alone: a redirect never leaves this server. */
function withoutToken(target: string): string {
  const [path, query] = target.split('?')
  const parameters = new URLSearchParams(query)
  parameters.delete('token')
  const local = path!.replace(/^\/+/, '/') // `//name` would be another server
  return parameters.size > 0 ? `${local}?${parameters.toString()}` : local
}
