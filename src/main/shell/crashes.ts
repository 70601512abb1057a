/** A page that crashes more often than this within a minute will crash again. */
const mostCrashes = 3
const withinMs = 60_000

export type AfterCrash = 'reload' | 'giveUp' | 'nothing'

/**
 * What to do when the window's page is gone. Nothing is lost by it: what was done is on the server's side.
 *
 * @param reason Electron's word for it
 * @param crashes moments of this and the earlier crashes, ms, the newest last
 */
export function afterCrash(reason: string, crashes: readonly number[]): AfterCrash {
  if (reason === 'clean-exit') return 'nothing'
  const now = crashes.at(-1) ?? 0
  return crashes.filter(moment => now - moment < withinMs).length > mostCrashes ? 'giveUp' : 'reload'
}
