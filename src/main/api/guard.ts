/** Names that a loopback server goes by. Its port is free: `ssh -L` may change it. */
const ownNames = ['127.0.0.1', 'localhost', '[::1]']

/**
 * DNS rebinding: a page of another site, whose name was made to point here, would be answered as if it were ours.
 * @param host the Host header
 */
export function isOwnHost(host: string | null): boolean {
  if (host === null) return false
  const name = host.replace(/:\d{1,5}$/, '').toLowerCase()
  return ownNames.includes(name)
}

/**
 * Cross-site request: another site's page sends a request here and the browser adds our cookie.
 * @param origin the Origin header; null where the browser sends none (a GET of our own page)
 */
export function isOwnOrigin(origin: string | null, host: string | null): boolean {
  return origin === null || origin === `http://${host ?? ''}`
}

/** The cookie's name holds the port: cookies are not parted by port, and two Maskwrights must not log each other out. */
export function cookieName(host: string | null): string {
  return `maskwright-${/:(\d{1,5})$/.exec(host ?? '')?.[1] ?? '80'}`
}
