/** How fast a stage goes, by what it still needs: `41 photos/s`; empty while nobody can say. */
export function rateText(progress: {
  readonly done: number
  readonly total: number
  readonly unit: string
  readonly etaMs: number | null
}): string {
  const { done, total, unit, etaMs } = progress
  if (etaMs === null || etaMs <= 0 || done >= total) return ''
  const rate = (total - done) / (etaMs / 1000)
  return `${rate >= 10 ? Math.round(rate) : Number(rate.toPrecision(2))} ${unit}/s`
}

/** An option's value as a person writes it. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return 'none'
  if (Array.isArray(value)) return value.map(valueText).join(', ')
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value)
}
