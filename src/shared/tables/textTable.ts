/** Cells as a table program reads them; null is an empty cell. */
export type TextTable = readonly (readonly (string | number | null)[])[]

/**
 * RFC 4180 with a byte order mark, without which spreadsheets read UTF-8 as something else.
 *
 * Formula injection: a spreadsheet runs a text that begins with `=`, `+`, `-`, `@`, tab or return as a formula, and
 * class names come from strangers. Such texts get an apostrophe before them; numbers are numbers.
 */
export function csvText(table: TextTable): string {
  return `\uFEFF${table.map(row => `${row.map(csvCell).join(',')}\r\n`).join('')}`
}

function csvCell(cell: string | number | null): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** GitHub's tables: the first row is the head, columns of numbers stand to the right. */
export function markdownText(table: TextTable): string {
  const [head = [], ...rows] = table
  const isNumber = head.map((_, column) => rows.some(row => typeof row[column] === 'number'))
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = isNumber.map(number => (number ? '---:' : '---'))
  return [line(head.map(markdownCell)), line(rule), ...rows.map(row => line(row.map(markdownCell)))].join('\n') + '\n'
}

/** Nothing in a cell may end it or be read as markup. */
function markdownCell(cell: string | number | null): string {
  if (cell === null) return '–'
  return String(cell)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>()#+!|~&]/g, character => `\\${character}`)
}
