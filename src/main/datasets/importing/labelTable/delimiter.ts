const CANDIDATES = [',', ';', '\t', '|'] as const

/** How many lines are looked at. */
const SAMPLE_LINES = 50

/**
 * The character between a table's columns: the one that stands in the first line, and most often as many times in the
 * lines below it as there. (`image,labels` above `a.jpg,cat;dog` is a comma: semicolons come and go.)
 */
export function detectDelimiter(text: string): string | undefined {
  const lines = text
    .split(/\r?\n/, SAMPLE_LINES)
    .filter(line => line.trim() !== '')
    .map(withoutQuoted)
  const [header, ...rows] = lines
  if (header === undefined) return undefined
  const ranked = CANDIDATES.map(delimiter => {
    const inHeader = countOf(header, delimiter)
    return { delimiter, inHeader, same: rows.filter(row => countOf(row, delimiter) === inHeader).length }
  })
    .filter(candidate => candidate.inHeader > 0)
    .sort((a, b) => b.same - a.same || b.inHeader - a.inHeader)
  return ranked[0]?.delimiter
}

function withoutQuoted(line: string): string {
  return line.replace(/"(?:[^"]|"")*"/g, '')
}

function countOf(line: string, delimiter: string): number {
  return line.split(delimiter).length - 1
}
