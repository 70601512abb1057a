/** How figures are written on every screen. */

const whole = new Intl.NumberFormat('en')

/** `1,204` */
export function number(value: number): string {
  return whole.format(value)
}

/** `1 photo`, `1,204 photos`; `plural` where an s does not do. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${number(value)} ${value === 1 ? noun : plural}`
}

/** 850 ms · 12 s · 3 min 20 s · 2 h 05 min */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  const seconds = Math.round(ms / 1_000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** 512 B · 3.4 MB · 1.2 GB, powers of 1,000 as disks are sold. */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = count < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(count) / 3))
  return `${(count / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]!}`
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** `just now`, `5 min ago`, `3 h ago`, `yesterday`, `4 days ago`, then the date. @param time Unix time, ms */
export function ago(time: number, now = Date.now()): string {
  const passed = now - time
  if (passed < minute) return 'just now'
  if (passed < hour) return `${Math.floor(passed / minute)} min ago`
  if (passed < day) return `${Math.floor(passed / hour)} h ago`
  if (passed < 2 * day) return 'yesterday'
  if (passed < 14 * day) return `${Math.floor(passed / day)} days ago`
  return dateOf(time)
}

/** `21 Nov 2026` */
export function dateOf(time: number): string {
  return new Date(time).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
}

/** `21 Nov 2026, 14:05` */
export function momentOf(time: number): string {
  const clock = new Date(time).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  return `${dateOf(time)}, ${clock}`
}
