/** Moments as people tell them. Times are Unix time in ms. */

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** `just now`, `5 min ago`, `3 h ago`, `yesterday`, `4 days ago`, then the date. */
export function agoText(time: number, now = Date.now()): string {
  const passed = now - time
  if (passed < minute) return 'just now'
  if (passed < hour) return `${Math.floor(passed / minute)} min ago`
  if (passed < day) return `${Math.floor(passed / hour)} h ago`
  if (passed < 2 * day) return 'yesterday'
  if (passed < 14 * day) return `${Math.floor(passed / day)} days ago`
  return dateText(time)
}

/** `21 Nov 2026` */
export function dateText(time: number): string {
  return new Date(time).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
}

/** `21 Nov 2026, 14:05` */
export function momentText(time: number): string {
  const clock = new Date(time).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  return `${dateText(time)}, ${clock}`
}

/** `14:05:09`: of what happened today. */
export function clockText(time: number): string {
  return new Date(time).toLocaleTimeString('en-GB')
}
