/**
 * Names for a sentence: the first `most` and how many more there are ("a, b, c and 2 more"), or all of them where only
 * one would be left out.
 */
export function someNames(names: readonly string[], most = 5): string {
  if (names.length <= most + 1) return names.join(', ')
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`
}
