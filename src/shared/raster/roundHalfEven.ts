/**
 * Rounds to the nearest integer, halves to the even one, as Python's and NumPy's `round` do.
 * `Math.round` would give 563 for 562.5 where the reference gives 562, and every later size would be off by one.
 */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value)
  const rest = value - below
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1
  return below % 2 === 0 ? below : below + 1
}
