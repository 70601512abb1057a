import { WorkbenchError, assertNever } from '../../../shared/errors'
import { blankImage, paste } from '../../../shared/raster/canvas'
import { scoreArgmax } from '../../../shared/raster/labelsFromScores'
import { overlayLabels, overlayScores } from '../../../shared/raster/overlay'
import { pillowBicubic } from '../../../shared/raster/pillowBicubic'
import type { RgbImage } from '../../../shared/raster/size'
import { readLabelMap } from '../../artifacts/labelMaps'
import { readScoreMaps } from '../../artifacts/scoreMaps'
import { decodePhoto } from '../../media/decodePhoto'
import { textImage } from '../../media/textImage'
import { checkSameSize } from './sameSize'

/** One picture of a row: the photo, or something laid over it. */
export type SheetCell =
  | { readonly kind: 'photo' }
  /** The largest score of each pixel. */
  | { readonly kind: 'scores'; readonly path: string }
  | { readonly kind: 'labels'; readonly path: string }
  /** Nothing to show, and why. */
  | { readonly kind: 'nothing'; readonly reason: string }

export interface SheetRowInput {
  /** Path of the photo. */
  readonly photo: string
  readonly caption: string
  readonly cells: readonly SheetCell[]
  /** Pixels. */
  readonly cellWidth: number
}

/** Pixels between the cells of a sheet and around it. */
export const SHEET_GAP = 6
const CAPTION_HEIGHT = 18
const WHITE = 255
const GREY = 236

/** One row of a contact sheet: its caption, and below it the cells side by side. */
export async function sheetRow({ photo: path, caption, cells, cellWidth }: SheetRowInput): Promise<RgbImage> {
  const photo = await decodePhoto(path)
  const cell = { width: cellWidth, height: Math.max(1, Math.round((photo.height * cellWidth) / photo.width)) }
  const width = sheetWidth(cells.length, cellWidth)
  const row = blankImage({ width, height: CAPTION_HEIGHT + cell.height + SHEET_GAP }, WHITE)
  const text = { width: width - 2 * SHEET_GAP, height: CAPTION_HEIGHT }
  paste(row, await textImage(caption, text, { size: 12, bold: false }), SHEET_GAP, 0)
  for (const [column, content] of cells.entries()) {
    const picture =
      content.kind === 'nothing'
        ? await emptyCell(cell, content.reason)
        : pillowBicubic(await drawCell(content, photo, path), cell)
    paste(row, picture, SHEET_GAP + column * (cellWidth + SHEET_GAP), CAPTION_HEIGHT)
  }
  return row
}

/** Pixels across a sheet of so many columns. */
export function sheetWidth(columns: number, cellWidth: number): number {
  if (columns < 1 || cellWidth < 1)
    throw new WorkbenchError('USAGE', `a sheet of ${columns} columns of ${cellWidth} pixels shows nothing`)
  return SHEET_GAP + columns * (cellWidth + SHEET_GAP)
}

/** A cell at the photo's size, so that a sheet shows the very maps and masks that are scored. */
async function drawCell(
  cell: Exclude<SheetCell, { kind: 'nothing' }>,
  photo: RgbImage,
  photoPath: string,
): Promise<RgbImage> {
  switch (cell.kind) {
    case 'photo':
      return photo
    case 'scores': {
      const scores = await readScoreMaps(cell.path)
      checkSameSize(photoPath, photo, cell.path, { width: scores.photoWidth, height: scores.photoHeight })
      return overlayScores(photo, scoreArgmax(scores, photo).scores)
    }
    case 'labels': {
      const map = await readLabelMap(cell.path)
      checkSameSize(photoPath, photo, cell.path, map)
      return overlayLabels(photo, map.labels)
    }
    default:
      return assertNever(cell)
  }
}

async function emptyCell(size: { width: number; height: number }, reason: string): Promise<RgbImage> {
  const cell = blankImage(size, GREY)
  if (size.height >= CAPTION_HEIGHT)
    paste(cell, await textImage(reason, { width: size.width, height: CAPTION_HEIGHT }, { size: 11, bold: false }), 0, 0)
  return cell
}
