/** Amounts as people read them: a figure, a narrow blank, a unit. */

const blank = '\u202f'
const counts = new Intl.NumberFormat('en', { useGrouping: 'min2' })

/** `437`, `12,480` */
export function countText(count: number): string {
  return counts.format(count)
}

/** `1 photo`, `437 photos` */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`
}

/** Bytes in decimal units, as disks are sold: `820 kB`, `1.4 GB`. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const amount = bytes / 1000 ** power
  return `${power > 0 && amount < 10 ? amount.toFixed(1) : amount.toFixed(0)}${blank}${units[power]}`
}

/** `8 s`, `2 min`, `3 h 20 min`: as exact as anybody acts on. @param ms milliseconds */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 90) return `${seconds}${blank}s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `${minutes}${blank}min`
  return `${Math.floor(minutes / 60)}${blank}h ${minutes % 60}${blank}min`
}

/** Share of a whole in whole percent, never 100 before it is whole. @param share 0 … 1 */
export function percentText(share: number): string {
  const percent = share >= 1 ? 100 : Math.min(99, Math.floor(share * 100))
  return `${percent}${blank}%`
}
