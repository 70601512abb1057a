/** Median, 95th percentile and the largest of times in milliseconds, rounded to so many digits after the point. */
export function percentiles(times: readonly number[], digits = 0) {
  const at = (share: number) => Number(percentile(times, share).toFixed(digits))
  return { 'median ms': at(0.5), 'p95 ms': at(0.95), 'most ms': at(1) }
}

/** The smallest of the values that `share` of them, 0 to 1, do not exceed (nearest rank); NaN where there is none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN
}
