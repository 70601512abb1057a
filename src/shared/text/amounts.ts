/** Amounts as people read them: a figure, a blank, a unit. */

const counts = new Intl.NumberFormat('en')

/** `437`, `1,234` */
export function countText(count: number): string {
  return counts.format(count)
}

/** `1 photo`, `1,234 photos` */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`
}

/** A share as a percentage without its sign, as tables have it: `45.7`, `–` where nothing defines it. @param share 0 … 1 */
export function percentOf(share: number | null, digits = 1): string {
  return share === null ? '–' : (100 * share).toFixed(digits)
}

/** As {@link percentOf}, with its sign: `45.7 %`. */
export function percentText(share: number | null, digits = 1): string {
  return share === null ? '–' : `${percentOf(share, digits)} %`
}

/** Bytes in decimal units, as disks are sold: `820 kB`, `1.4 GB`. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const amount = bytes / 1000 ** power
  return `${power > 0 && amount < 10 ? amount.toFixed(1) : amount.toFixed(0)} ${units[power]}`
}

/** `8 s`, `2 min`, `3 h 20 min`: as exact as anybody acts on. @param ms milliseconds */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
