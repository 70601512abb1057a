import type { Region } from '../../../../../shared/raster/region'
import type { Pointer, Preview, Refusal, Tool, ToolContext, ToolId } from '../tool'

/** What tells one tool that shows a region while it is pressed from another. */
export interface PressedKind {
  readonly id: ToolId
  /** Begun with every press, and again where a setting changes in between. @returns why it cannot be */
  readonly begin: (context: ToolContext, pointer: Pointer) => RegionSource | Refusal
  /** Whether what a press would show is shown before it. */
  readonly hovers?: (context: ToolContext) => boolean
  /** Whether the brush's ring is shown. */
  readonly rings?: boolean
  /** Whether only the place where the pointer is now matters, and not its way. */
  readonly isOfLastPoint?: boolean
}

/** Finds a region for the places that the pointer has been at since the press, each told once. */
export type RegionSource = (from: Pointer, to: Pointer) => Region

/**
 * A tool that shows what it would paint from the press on, and paints it at the release. Until then settings may be
 * changed and seen at once, and Esc leaves nothing.
 */
export class PressedTool implements Tool {
  readonly #kind: PressedKind
  readonly #context: ToolContext
  /** Where the pointer has been since the press; empty while it is up. */
  #way: Pointer[] = []
  #source: RegionSource | undefined
  #region: Region | undefined
  #hover: Pointer | undefined

  constructor(kind: PressedKind, context: ToolContext) {
    this.#kind = kind
    this.#context = context
  }

  get id(): ToolId {
    return this.#kind.id
  }

  get isBusy(): boolean {
    return this.#way.length > 0
  }

  get skipsPoints(): boolean {
    return this.#kind.isOfLastPoint ?? false
  }

  get preview(): Preview | undefined {
    const { label, brush } = this.#context.settings()
    const ring = this.#kind.rings && this.#hover ? { brush: { at: this.#hover.point, ...brush } } : {}
    return this.#region ? { ...ring, regions: [{ region: this.#region, label }] } : ring
  }

  press(pointer: Pointer): void {
    this.cancel()
    const refusal = this.#begin(pointer)
    if (refusal) return this.#context.refuse(refusal)
    this.#way = [pointer]
    this.#extend(pointer, pointer)
  }

  move(pointer: Pointer): void {
    this.#hover = pointer
    const last = this.#way.at(-1)
    if (!last) return this.#look(pointer)
    if (this.skipsPoints) this.#way = [pointer]
    else this.#way.push(pointer)
    this.#extend(last, pointer)
  }

  release(pointer: Pointer): void {
    if (!this.isBusy) return
    this.move(pointer)
    const region = this.#region
    this.cancel()
    if (!region) return
    const { document, settings, commit } = this.#context
    document.beginStroke()
    document.paint(region, settings().label)
    commit(this.id)
    this.#look(pointer)
  }

  cancel(): void {
    this.#way = []
    this.#source = undefined
    this.#region = undefined
  }

  refresh(): void {
    const way = this.#way
    const [first] = way
    if (!first) return this.#hover && this.#look(this.#hover)
    this.cancel()
    if (this.#begin(first)) return
    this.#way = way
    way.forEach((pointer, i) => this.#extend(way[i - 1] ?? pointer, pointer))
  }

  leave(): void {
    this.#hover = undefined
    if (!this.isBusy) this.#region = undefined
  }

  /** @returns why it cannot begin */
  #begin(pointer: Pointer): Refusal | undefined {
    const [x, y] = pointer.point
    const { document, settings } = this.#context
    if (document.locks.has(settings().label)) return 'label-locked'
    if (document.labelAt(x, y) === undefined && !this.#kind.rings) return 'outside'
    const source = this.#kind.begin(this.#context, pointer)
    if (typeof source === 'string') return source
    this.#source = source
    return undefined
  }

  #extend(from: Pointer, to: Pointer): void {
    const { document, settings } = this.#context
    const region = this.#source?.(from, to)
    this.#region = region && document.paintable(region, settings().label)
  }

  /** Shows what a press here would do. */
  #look(pointer: Pointer): void {
    if (this.#kind.hovers?.(this.#context) !== true) return
    this.#region = undefined
    if (this.#begin(pointer) === undefined) this.#extend(pointer, pointer)
    this.#source = undefined
  }
}
