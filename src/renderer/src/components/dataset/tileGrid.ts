/** How tiles fill the gallery. All lengths in CSS px. */
export interface TileGrid {
  readonly columns: number
  readonly tileWidth: number
  /** From one row to the next, the gap included. */
  readonly rowHeight: number
  readonly gap: number
  /** Chips of classes that fit below a picture. */
  readonly chips: number
  /** Letters of a class's name that fit into one of several chips. */
  readonly chipLetters: number
}

const gap = 8
const captionHeight = 22
/** Most photos are three quarters as high as they are wide. */
const pictureShape = 3 / 4
const chipWidth = 62
/** The dot and the gaps of a chip, and a letter that is neither narrow nor wide. */
const chipFrame = 18
const letterWidth = 6

/** Widths that a person can choose: from seventeen in a row of a large screen to a few. */
export const tileWidths = { smallest: 96, largest: 420, step: 20 } as const

/** As many tiles as fit, spread over the width. */
export function tileGrid(width: number, wanted: number): TileGrid {
  const columns = Math.max(1, Math.floor((width + gap) / (wanted + gap)))
  const tileWidth = Math.max(1, Math.floor((width - gap * (columns - 1)) / columns))
  const rowHeight = Math.round(tileWidth * pictureShape) + captionHeight + gap
  const chips = Math.max(1, Math.floor(tileWidth / chipWidth))
  const chipLetters = Math.max(3, Math.floor((tileWidth / chips - chipFrame) / letterWidth))
  return { columns, tileWidth, rowHeight, gap, chips, chipLetters }
}

interface Move {
  /** A half is a place between two. */
  readonly index: number
  readonly total: number
  readonly columns: number
  /** Rows on the screen. */
  readonly page: number
}

/** Where a key leads from a place; undefined for a key that leads nowhere. */
export function movedIndex(key: string, { index, total, columns, page }: Move): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -columns * page,
    PageDown: columns * page,
    Home: -total,
    End: total,
  }
  const step = steps[key]
  if (step === undefined || total === 0) return undefined
  if (index < 0) return 0
  // Up and down keep the column, and stop at the last row that has it.
  const from = step > 0 ? Math.floor(index) : Math.ceil(index)
  const to = from + step
  if (key === 'Home' || key === 'End' || Math.abs(step) === 1) return Math.max(0, Math.min(total - 1, to))
  if (to < 0) return from % columns
  return to < total ? to : from + columns * Math.floor((total - 1 - from) / columns)
}
