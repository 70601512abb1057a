export interface Match {
  /** The larger the better; only matches of the same query can be compared. */
  readonly score: number
  /** Places in the text that the query's letters met, ascending. */
  readonly places: readonly number[]
}

/** Worth of a letter: at a word's start it says more than in its middle, beside the letter before it more than alone. */
const worth = { letter: 1, wordStart: 8, neighbour: 9, textStart: 4 } as const

/**
 * Finds the query's letters in the text in their order, any case, with gaps: `dts` meets "dataset". Of all ways to lay
 * them the one of the highest score is found, by dynamic programming over (letter, place).
 *
 * @returns undefined where a letter is missing; blanks in the query part words and count for nothing
 */
export function fuzzyMatch(query: string, text: string): Match | undefined {
  const letters = query.toLowerCase().replace(/\s+/g, '').split('') // as the text is indexed: an emoji is several
  const small = text.toLowerCase()
  const lower = small.length === text.length ? small : text // 'İ' grows, and places would mean others
  if (letters.length === 0) return { score: 0, places: [] }
  if (letters.length > lower.length) return undefined
  const rows = scoreRows(letters, lower, text)
  const last = rows.at(-1)!
  let place = last.reduce((best, cell, i) => (cell.score > (last[best]?.score ?? -Infinity) ? i : best), 0)
  if (last[place]!.score === -Infinity) return undefined
  // Of two texts that meet the query alike the shorter one is meant.
  const score = last[place]!.score - text.length / 64
  const places: number[] = []
  for (let row = rows.length - 1; row >= 0; row--) {
    places.unshift(place)
    place = rows[row]![place]!.before
  }
  return { score, places }
}

interface Cell {
  /** Best score of the letters so far with the last one at this place; −∞ where it cannot be there. */
  readonly score: number
  /** Where the letter before it was then. */
  readonly before: number
}

function scoreRows(letters: readonly string[], lower: string, text: string): Cell[][] {
  const rows: Cell[][] = []
  for (const letter of letters) {
    const previous = rows.at(-1)
    let best = { score: -Infinity, place: -1 }
    const row: Cell[] = []
    for (let i = 0; i < lower.length; i++) {
      const neighbour = previous?.[i - 1]
      if (previous === undefined) best = { score: 0, place: -1 }
      else if (i >= 2 && previous[i - 2]!.score > best.score) best = { score: previous[i - 2]!.score, place: i - 2 }
      const beside = neighbour === undefined ? -Infinity : neighbour.score + worth.neighbour
      const [score, before] = beside >= best.score ? [beside, i - 1] : [best.score, best.place]
      row.push(lower[i] === letter ? { score: score + letterWorth(text, i), before } : { score: -Infinity, before: -1 })
    }
    rows.push(row)
  }
  return rows
}

function letterWorth(text: string, place: number): number {
  if (place === 0) return worth.letter + worth.wordStart + worth.textStart
  const [before, letter] = [text[place - 1]!, text[place]!]
  const isStart = /[^\p{L}\p{N}]/u.test(before) || (/\p{Ll}/u.test(before) && /\p{Lu}/u.test(letter))
  return worth.letter + (isStart ? worth.wordStart : 0)
}
