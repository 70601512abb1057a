/** What becomes of an address that a page asks for. */
export type Navigation = 'here' | 'browser' | 'refused'

/**
 * Drive-by navigation: whatever a page is brought to load, the window shows the workbench and nothing else. A link to a
 * paper opens in the person's browser; other schemes (`file:`, `smb:`, a mail program's) start nothing.
 *
 * @param origin the workbench's own
 */
export function navigationOf(address: string, origin: string): Navigation {
  const url = parsed(address)
  if (url === undefined) return 'refused'
  if (url.origin === origin) return 'here'
  return url.protocol === 'https:' && url.username === '' && url.password === '' ? 'browser' : 'refused'
}

/** Device and location requests: the window copies text and tells of finished works, and asks for nothing else. */
export function mayUse(permission: string, requester: string, origin: string): boolean {
  return ['clipboard-sanitized-write', 'notifications'].includes(permission) && parsed(requester)?.origin === origin
}

function parsed(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined
}
