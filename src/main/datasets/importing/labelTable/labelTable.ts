import { parse } from 'csv-parse/sync'
import { WorkbenchError } from '../../../../shared/errors'
import { isPhotoName } from '../photoFiles'
import { detectDelimiter } from './delimiter'

export interface LabelRow {
  /** As the table names the photo. */
  readonly photo: string
  readonly present: readonly string[]
  readonly unknown: readonly string[]
  /** The row names the photo and says nothing of its classes. */
  readonly unlabelled?: true
  readonly split?: string
}

export interface LabelTable {
  /** `wide`: a column a class; `listed`: a column that names classes, one or several in a cell, a photo in one row or more. */
  readonly form: 'wide' | 'listed'
  readonly rows: readonly LabelRow[]
  /** Class names of a wide table, in the order of its columns. */
  readonly columns?: readonly string[]
  readonly notes: readonly string[]
}

const PHOTO_COLUMN = /^(images?|image[ _]?(id|name|path|file)|file[ _]?(name|path)?|path|photo|img|id|name|stem)$/i
const LABEL_COLUMN = /^(labels?|class(es)?|class[ _]?names?|tags?|categor(y|ies)|annotations?)$/i
const SPLIT_COLUMN = /^(split|subset|set|partition)$/i

const PRESENT = new Set(['1', '1.0', 'true', 'yes', 'y', 'x', 'present'])
const ABSENT = new Set(['0', '0.0', '', 'false', 'no', 'n', 'absent', '-1', '-1.0'])
const UNKNOWN = new Set(['?', 'unknown', 'nan', 'na', 'n/a'])

/** Reads a table of labels, whatever its form. @param file what sentences call it */
export function parseLabelTable(text: string, file: string): LabelTable {
  const cells = parseCells(text, file)
  const hasHeader = !cells[0]!.some(isPhotoName)
  const header = hasHeader ? cells[0]! : headerless(cells[0]!, file)
  const rows = hasHeader ? cells.slice(1) : cells
  if (rows.length === 0) throw new WorkbenchError('BAD_INPUT', `${file} has a header and no rows.`)
  const columns = columnsOf(header, rows)
  const table =
    columns.labels === undefined ? wideTable(header, rows, columns, file) : listedTable(rows, columns, columns.labels)
  if (table.rows.length === 0) throw new WorkbenchError('BAD_INPUT', `${file} names no photo in any row.`)
  return table
}

interface Columns {
  readonly photo: number
  readonly split: number | undefined
  readonly labels: number | undefined
}

function parseCells(text: string, file: string): readonly (readonly string[])[] {
  const delimiter = detectDelimiter(text)
  if (delimiter === undefined)
    throw new WorkbenchError(
      'BAD_INPUT',
      `${file} is no table of labels: its first line has no comma, semicolon, tab or bar between two columns.`,
    )
  try {
    const options = { delimiter, bom: true, skip_empty_lines: true, relax_column_count: true }
    const rows: readonly (readonly string[])[] = parse(text, { ...options, relax_quotes: true })
    return rows.map(row => row.map(cell => cell.trim()))
  } catch (cause) {
    throw new WorkbenchError('BAD_INPUT', `${file} is no readable table (${(cause as Error).message}).`, { cause })
  }
}

/** Without names two columns can only be a photo and its classes. */
function headerless(first: readonly string[], file: string): readonly string[] {
  if (first.length === 2) return isPhotoName(first[0]!) ? ['image', 'labels'] : ['labels', 'image']
  throw new WorkbenchError(
    'BAD_INPUT',
    `The first line of ${file} names a photo instead of ${first.length} columns: add a line with their names.`,
  )
}

function columnsOf(header: readonly string[], rows: readonly (readonly string[])[]): Columns {
  const find = (pattern: RegExp) => {
    const index = header.findIndex(name => pattern.test(name))
    return index < 0 ? undefined : index
  }
  const photo = find(PHOTO_COLUMN) ?? 0
  const split = find(SPLIT_COLUMN)
  const named = find(LABEL_COLUMN)
  // `image,cat` above 0 and 1 is a wide table of one class; above words its second column lists classes.
  const second = header.length === 2 ? 1 - photo : undefined
  const listed = second !== undefined && second !== split && !rows.every(row => isFlag(row[second] ?? ''))
  return { photo, split, labels: named !== undefined && named !== photo ? named : listed ? second : undefined }
}

function listedTable(rows: readonly (readonly string[])[], { photo, split }: Columns, labels: number): LabelTable {
  const read = rows
    .filter(row => (row[photo] ?? '') !== '')
    .map(row => {
      const present = namesIn(row[labels] ?? '')
      const silent = present.length === 0 ? { unlabelled: true as const } : {}
      return { photo: row[photo]!, present, unknown: [], ...silent, ...splitOf(row, split) }
    })
  return { form: 'listed', rows: read, notes: emptyRowsNote(rows.length - read.length) }
}

/** `cat;dog`, `cat|dog`, `"cat, dog"`. Blanks belong to names: "traffic light". */
function namesIn(cell: string): readonly string[] {
  const names = cell.split(/[;|,]/).map(name => name.trim())
  return [...new Set(names.filter(name => name !== ''))]
}

function wideTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { photo, split }: Columns,
  file: string,
): LabelTable {
  const others = header
    .map((name, index) => ({ name, index }))
    .filter(({ index }) => index !== photo && index !== split)
  const columns = others.filter(({ name, index }) => name !== '' && rows.every(row => isFlag(row[index] ?? '')))
  if (columns.length === 0)
    throw new WorkbenchError(
      'BAD_INPUT',
      `${file} has no column of 0 and 1 and none called "labels": its columns are ${header.join(', ')}.`,
    )
  const ignored = others
    .filter(other => !columns.includes(other))
    .map(({ name, index }) => name || `column ${index + 1}`)
  const isBlank = (row: readonly string[]) => columns.every(({ index }) => (row[index] ?? '') === '')
  // Where a blank cell stands for 0, a blank row says that no class is there; beside zeros that are written it says nothing.
  const isZero = (cell: string) => cell !== '' && ABSENT.has(cell.toLowerCase())
  const zeros = rows.some(row => columns.some(({ index }) => isZero(row[index] ?? '')))
  const read = rows
    .filter(row => (row[photo] ?? '') !== '')
    .map(row => {
      const silent = zeros && isBlank(row) ? { unlabelled: true as const } : {}
      const named = (words: ReadonlySet<string>) =>
        columns.filter(({ index }) => words.has((row[index] ?? '').toLowerCase())).map(({ name }) => name)
      return { photo: row[photo]!, present: named(PRESENT), unknown: named(UNKNOWN), ...silent, ...splitOf(row, split) }
    })
  const notes = emptyRowsNote(rows.length - read.length)
  if (ignored.length > 0) notes.push(`Columns that hold no labels were passed over: ${ignored.join(', ')}.`)
  return { form: 'wide', rows: read, columns: columns.map(({ name }) => name), notes }
}

function isFlag(cell: string): boolean {
  const word = cell.toLowerCase()
  return PRESENT.has(word) || ABSENT.has(word) || UNKNOWN.has(word)
}

function splitOf(row: readonly string[], column: number | undefined): { readonly split?: string } {
  const split = column === undefined ? '' : (row[column] ?? '')
  return split === '' ? {} : { split }
}

function emptyRowsNote(count: number): string[] {
  return count === 0 ? [] : [`Rows that name no photo: ${count}.`]
}
