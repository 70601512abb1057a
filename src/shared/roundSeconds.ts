/** Seconds to two decimals, as summaries keep them. */
export function roundSeconds(seconds: number): number {
  return Math.round(seconds * 100) / 100
}
