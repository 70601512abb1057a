/** Whole pixels from (x0, y0) up to, not including, (x1, y1). */
export interface Rectangle {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}
