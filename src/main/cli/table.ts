export interface Column {
  readonly title: string
  /** Numbers stand to the right, so that their digits line up. */
  readonly align?: 'left' | 'right'
}

/** Rows of text in columns that line up, with the titles above; no line ends in spaces. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, i) => Math.max(width(title), ...rows.map(row => width(row[i] ?? ''))))
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, i) => pad(cells[i] ?? '', widths[i]!, align ?? 'left'))
      .join('  ')
      .trimEnd()
  return [line(columns.map(({ title }) => title)), ...rows.map(line)].join('\n')
}

function pad(text: string, to: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, to - width(text)))
  return align === 'left' ? text + space : space + text
}

/** Characters, not UTF-16 units: class names may hold any. */
function width(text: string): number {
  return [...text].length
}
