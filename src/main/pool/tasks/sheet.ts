import { WorkbenchError } from '../../../shared/errors'
import { blankImage, paste } from '../../../shared/raster/canvas'
import type { RgbImage } from '../../../shared/raster/size'
import { encodeImage, type PictureFormat } from '../../media/encodeImage'
import { textImage } from '../../media/textImage'
import { SHEET_GAP, sheetWidth } from './sheetRow'

export interface SheetInput {
  /** A line on top, e.g. what was run and scored. */
  readonly title: string
  /** Headings of the columns, e.g. photo, CAM, LPCAM, mask, truth. */
  readonly columns: readonly string[]
  /** What `sheetRow` drew, with as many cells of the same width. */
  readonly rows: readonly RgbImage[]
  /** Pixels. */
  readonly cellWidth: number
  readonly format: PictureFormat
}

const TITLE_HEIGHT = 30
const HEADING_HEIGHT = 22
const WHITE = 255

/** A contact sheet as the bytes of a picture file. */
export async function sheet(input: SheetInput): Promise<{ readonly bytes: Uint8Array }> {
  const { title, columns, rows, cellWidth, format } = input
  const width = sheetWidth(columns.length, cellWidth)
  const odd = rows.find(row => row.width !== width)
  if (odd) throw new WorkbenchError('SHAPE_MISMATCH', `a row of ${odd.width} pixels does not fit a sheet of ${width}`)
  const head = TITLE_HEIGHT + HEADING_HEIGHT
  const canvas = blankImage({ width, height: rows.reduce((sum, row) => sum + row.height, head) }, WHITE)
  const line = { width: width - 2 * SHEET_GAP, height: TITLE_HEIGHT }
  paste(canvas, await textImage(title, line, { size: 15, bold: true }), SHEET_GAP, 0)
  for (const [column, heading] of columns.entries()) {
    const text = await textImage(heading, { width: cellWidth, height: HEADING_HEIGHT }, { size: 13, bold: true })
    paste(canvas, text, SHEET_GAP + column * (cellWidth + SHEET_GAP), TITLE_HEIGHT)
  }
  let y = head
  for (const row of rows) {
    paste(canvas, row, 0, y)
    y += row.height
  }
  return { bytes: await encodeImage(canvas, format) }
}
