/** Letters typed within this time make one word. */
const pauseMs = 900

/**
 * Finds entries of a list by the first letters of their names, as they are typed; the same letter again goes on to the
 * next that begins with it.
 * @param find  the entry that begins with `text` (lower case), searched from the place `from` and around
 * @returns what to do with each letter; it tells the place that was found
 */
export function useTypeAhead(
  find: (text: string, from: number) => number | undefined,
): (letter: string, current: number) => number | undefined {
  let typed = ''
  let typedAt = 0
  return (letter, current) => {
    const now = performance.now()
    const added = letter.toLowerCase()
    const isNew = now - typedAt > pauseMs
    typedAt = now
    if (isNew || typed === added) {
      typed = added
      return find(added, current + 1)
    }
    typed += added
    return find(typed, current)
  }
}
