import type { Size } from '../raster/size'
import { sizeWithLongestSide } from '../raster/size'

/** Cell of a feature grid: column and row from 0, of so many. */
export interface GridCell {
  readonly row: number
  readonly column: number
  readonly rows: number
  readonly columns: number
}

/**
 * Where a cell lies in the photo, `[x0, y0, x1, y1]` in whole pixels: the photo was resized to `longestSide`, and each
 * cell stands for `stride` pixels of that. Without these, the cells share the photo evenly.
 */
export function cellBox(
  { row, column, rows, columns }: GridCell,
  photo: Size,
  grid?: { readonly longestSide: number | null; readonly stride: number },
): [number, number, number, number] {
  const input = grid && sizeWithLongestSide(photo, grid.longestSide)
  const across = grid && input ? (grid.stride * photo.width) / input.width : photo.width / columns
  const down = grid && input ? (grid.stride * photo.height) / input.height : photo.height / rows
  const x = (edge: number) => Math.min(photo.width, Math.round(edge * across))
  const y = (edge: number) => Math.min(photo.height, Math.round(edge * down))
  return [x(column), y(row), x(column + 1), y(row + 1)]
}
