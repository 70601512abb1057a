import type { Rectangle } from '../geometry/rectangle'
import type { Size } from './size'

/** Pixels of a side of a tile: 64 kB of labels, which a card takes in a fraction of a millisecond. */
export const TILE_SIDE = 256

/** A label map: 8 bits a pixel for up to 254 classes and void, 16 bits for more. */
export type LabelArray = Uint8Array | Uint16Array

export function tileColumns({ width }: Size): number {
  return Math.ceil(width / TILE_SIDE)
}

export function tileCount(size: Size): number {
  return tileColumns(size) * Math.ceil(size.height / TILE_SIDE)
}

/** Where tile `index` lies; tiles are numbered along rows, and those at the right and lower edge may be smaller. */
export function tileRectangle(index: number, size: Size): Rectangle {
  const columns = tileColumns(size)
  const x0 = (index % columns) * TILE_SIDE
  const y0 = Math.floor(index / columns) * TILE_SIDE
  return { x0, y0, x1: Math.min(size.width, x0 + TILE_SIDE), y1: Math.min(size.height, y0 + TILE_SIDE) }
}
