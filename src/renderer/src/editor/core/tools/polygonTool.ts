import type { ImagePoint } from '../../../../../shared/geometry/points'
import { polygonRegion } from '../../../../../shared/raster/polygonRegion'
import { filterRegion } from '../../../../../shared/raster/region'
import type { Pointer, Preview, Tool, ToolContext, ToolKey } from '../tool'

/** CSS px from the first corner, or the last, at which a press closes the polygon. */
const CLOSING_DISTANCE = 8
/** CSS px that the pointer must be dragged for another corner: a line drawn by hand. */
const DRAWN_DISTANCE = 4

/**
 * Draws a polygon corner by corner, or by hand while the button is held. Enter or a press on its first or last corner
 * closes it, Backspace takes the last corner back; one that was drawn by hand in one go closes where it is let go.
 * Adding gives the active label, subtracting turns its pixels inside into background.
 */
export class PolygonTool implements Tool {
  readonly id: 'polygon-add' | 'polygon-subtract'
  readonly #context: ToolContext
  #corners: ImagePoint[] = []
  #pointer: ImagePoint | undefined
  /** Corners there were at the press; undefined while the button is up. */
  #pressedAt: number | undefined

  constructor(id: PolygonTool['id'], context: ToolContext) {
    this.id = id
    this.#context = context
  }

  get isBusy(): boolean {
    return this.#corners.length > 0
  }

  get preview(): Preview | undefined {
    if (this.#corners.length === 0) return undefined
    const points = this.#pointer ? [...this.#corners, this.#pointer] : this.#corners
    const closes = this.#pointer !== undefined && this.#corners.length >= 3 && this.#closesAt(this.#pointer)
    return { outline: { points, closes, label: this.#label() } }
  }

  press({ point }: Pointer): void {
    this.#pointer = point
    if (this.#context.document.locks.has(this.#label())) return this.#context.refuse('label-locked')
    if (this.#corners.length >= 2 && this.#closesAt(point)) return this.#close()
    this.#pressedAt = this.#corners.length
    this.#corners.push(point)
  }

  move({ point }: Pointer): void {
    this.#pointer = point
    const last = this.#corners.at(-1)
    if (this.#pressedAt !== undefined && last && this.#away(last, point) >= DRAWN_DISTANCE) this.#corners.push(point)
  }

  release(): void {
    const isDrawnInOneGo = this.#pressedAt === 0 && this.#corners.length >= 3
    this.#pressedAt = undefined
    if (isDrawnInOneGo) this.#close()
  }

  key(key: ToolKey): boolean {
    if (!this.isBusy) return false
    if (key === 'Enter') this.#close()
    else this.#corners.pop()
    return true
  }

  cancel(): void {
    this.#corners = []
    this.#pressedAt = undefined
  }

  leave(): void {
    this.#pointer = undefined
  }

  #close(): void {
    const { document, refuse, commit } = this.#context
    const corners = this.#corners
    if (corners.length < 3) return refuse('polygon-too-small')
    this.cancel()
    const inside = polygonRegion([corners], document.size)
    document.beginStroke()
    if (this.id === 'polygon-add') document.paint(inside, this.#label())
    else
      document.paint(
        filterRegion(inside, (x, y) => document.labelAt(x, y) === this.#active()),
        0,
      )
    commit(this.id)
  }

  #active(): number {
    return this.#context.settings().label
  }

  #label(): number {
    return this.id === 'polygon-add' ? this.#active() : 0
  }

  #closesAt(point: ImagePoint): boolean {
    const [first, last] = [this.#corners[0], this.#corners.at(-1)]
    return [first, last].some(corner => corner !== undefined && this.#away(corner, point) <= CLOSING_DISTANCE)
  }

  /** CSS px. */
  #away(a: ImagePoint, b: ImagePoint): number {
    return Math.hypot(a[0] - b[0], a[1] - b[1]) * this.#context.settings().zoom
  }
}
