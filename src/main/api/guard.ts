/**
 * The checks at the door. Each is a pure function whose comment names the attack that it stops; `refusalOf` asks them
 * in order. Sec-Fetch-* is what the browser itself says of a request (W3C Fetch Metadata): a page cannot forge it, and
 * programs that are no browser send none.
 */
export interface DoorRequest {
  readonly method: string
  /** Path and query as they came, percent-encoded. */
  readonly target: string
  readonly host: string | null
  readonly origin: string | null
  readonly contentType: string | null
  readonly fetchSite: string | null
  readonly fetchMode: string | null
  readonly fetchDest: string | null
}

export interface Refusal {
  readonly status: 400 | 403 | 405 | 414 | 415
  readonly sentence: string
}

/** Names that a loopback server goes by. Its port is free: `ssh -L` may change it. */
const ownNames = ['127.0.0.1', 'localhost', '[::1]']
const methods = ['GET', 'HEAD', 'POST', 'PUT']
/** Characters. A batch of requests is sent as a body from half of this on. */
const longestTarget = 8_192
const frames = ['iframe', 'frame', 'embed', 'object', 'fencedframe']

/**
 * DNS rebinding: a page of another site, whose name was made to point here, would be answered as if it were ours.
 * @param host the Host header
 */
export function isOwnHost(host: string | null): boolean {
  const [, name, port] = /^(\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/i.exec(host ?? '') ?? []
  return name !== undefined && ownNames.includes(name.toLowerCase()) && Number(port ?? 80) <= 65_535
}

/**
 * Cross-site request: another site's page sends a request here and the browser adds our cookie.
 * @param origin the Origin header; null where the browser sends none (a GET of our own page)
 */
export function isOwnOrigin(origin: string | null, host: string | null): boolean {
  return origin === null || origin.toLowerCase() === `http://${host ?? ''}`.toLowerCase()
}

/**
 * Cross-site GET, which carries no Origin: an image or a script tag of another page. `same-site` is another port of
 * this machine, for which the browser would add our cookie: SameSite does not part ports.
 */
export function isOwnFetch(fetchSite: string | null): boolean {
  return fetchSite === null || fetchSite === 'same-origin' || fetchSite === 'none'
}

/** Foreign frame: a page shows ours in a frame and lets a person click into it without knowing (clickjacking). */
export function isFramed(fetchDest: string | null): boolean {
  return frames.includes(fetchDest ?? '')
}

/** A link that a person clicked elsewhere: a top-level page, whose answer nobody but the person sees. */
export function isNavigation({ method, fetchMode, fetchDest }: DoorRequest): boolean {
  return method === 'GET' && fetchMode === 'navigate' && fetchDest === 'document'
}

/** Path escape: `..`, a backslash, NUL or a control character, however encoded, reaches files outside ours. */
export function isPlainPath(target: string): boolean {
  try {
    const path = decodeURIComponent(target.split('?')[0]!)
    const printable = [...path].every(character => character.codePointAt(0)! >= 0x20 && character !== '\u007f')
    return path.startsWith('/') && printable && !path.includes('\\') && !/(^|\/)\.{1,2}(\/|$)/.test(path)
  } catch {
    return false // a malformed percent-encoding
  }
}

/** Form post: HTML forms send any site's text here without asking first, but never as JSON. */
export function isJsonOrEmpty(contentType: string | null): boolean {
  return contentType === null || /^application\/json\s*(;|$)/i.test(contentType)
}

/** @returns why the request is refused before anybody looks who asks; undefined where it is not */
export function refusalOf(request: DoorRequest): Refusal | undefined {
  const { method, target, host, origin, contentType, fetchSite, fetchDest } = request
  if (!isOwnHost(host)) return refuse(403, 'This address is not one of this server.')
  if (!isOwnOrigin(origin, host)) return refuse(403, 'Other sites cannot ask here.')
  if (!isOwnFetch(fetchSite) && !(isNavigation(request) && tokenIn(target) !== undefined))
    return refuse(403, 'Another site sent you here: type the address, or open it from Maskwright.')
  if (isFramed(fetchDest)) return refuse(403, 'Maskwright is not shown inside other pages.')
  if (!methods.includes(method)) return refuse(405, `There is nothing here for the method ${method.slice(0, 16)}.`)
  if (target.length > longestTarget)
    return refuse(414, `The address has ${target.length} characters: ${longestTarget} at most.`)
  if (!isPlainPath(target)) return refuse(400, 'This path is malformed.')
  if (method === 'POST' && !isJsonOrEmpty(contentType)) return refuse(415, 'Requests are JSON.')
  return undefined
}

/** The one-time token of an address, where it has one. */
export function tokenIn(target: string): string | undefined {
  return new URLSearchParams(target.split('?')[1] ?? '').get('token') ?? undefined
}

/** The cookie's name holds the port: cookies are not parted by port, and two Maskwrights must not log each other out. */
export function cookieName(host: string | null): string {
  return `maskwright-${/:(\d{1,5})$/.exec(host ?? '')?.[1] ?? '80'}`
}

function refuse(status: Refusal['status'], sentence: string): Refusal {
  return { status, sentence }
}
