import type { TouchedTile } from '../../../../shared/raster/labelDelta'
import { TILE_SIDE, tileRectangle, type LabelArray } from '../../../../shared/raster/labelTiles'
import type { Size } from '../../../../shared/raster/size'

interface OpenTile {
  readonly index: number
  readonly before: LabelArray
  /** Row of the photo that the tile begins with. */
  readonly y0: number
  top: number
  bottom: number
}

/** The tiles that an open stroke has touched, each as it was before. */
export class TouchedTiles {
  readonly #labels: LabelArray
  readonly #size: Size
  readonly #open: (OpenTile | undefined)[] = []

  constructor(labels: LabelArray, size: Size) {
    this.#labels = labels
    this.#size = size
  }

  /** Keeps a tile as it is before its row `y` of the photo is written for the first time. */
  touch(index: number, y: number): void {
    const tile = (this.#open[index] ??= this.#copy(index))
    const row = y - tile.y0
    if (row < tile.top) tile.top = row
    if (row >= tile.bottom) tile.bottom = row + 1
  }

  *tiles(): Iterable<TouchedTile> {
    for (const tile of this.#open) if (tile) yield tile
  }

  /** Writes the tiles back as they were. @returns their indices */
  restore(): number[] {
    const restored: number[] = []
    for (const { index, before } of this.tiles()) {
      const { x0, y0, x1, y1 } = tileRectangle(index, this.#size)
      const columns = x1 - x0
      for (let y = y0; y < y1; y++)
        this.#labels.set(before.subarray((y - y0) * columns, (y - y0 + 1) * columns), y * this.#size.width + x0)
      restored.push(index)
    }
    return restored
  }

  #copy(index: number): OpenTile {
    const { x0, y0, x1, y1 } = tileRectangle(index, this.#size)
    const columns = x1 - x0
    const pixels = columns * (y1 - y0)
    const before = this.#labels.BYTES_PER_ELEMENT === 1 ? new Uint8Array(pixels) : new Uint16Array(pixels)
    for (let y = y0; y < y1; y++) {
      const start = y * this.#size.width + x0
      before.set(this.#labels.subarray(start, start + columns), (y - y0) * columns)
    }
    return { index, before, y0, top: TILE_SIDE, bottom: 0 }
  }
}
