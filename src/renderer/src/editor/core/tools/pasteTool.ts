import { movedRegion } from '../../../../../shared/raster/region'
import type { LabelledRegion, Pointer, Preview, Tool, ToolContext, ToolKey } from '../tool'

/**
 * Puts what was copied into this photo: it is offered where it was, a drag moves it by whole pixels, and letting go or
 * Enter paints it. After that, or after Esc, Enter means the photo again; a press offers it once more. On a smaller photo
 * what lies beyond its border is left away.
 */
export class PasteTool implements Tool {
  readonly id = 'paste'
  readonly #context: ToolContext
  #from: Pointer | undefined
  #to: Pointer | undefined
  /** Whether it is shown and not painted yet. */
  #isOffered: boolean

  constructor(context: ToolContext) {
    this.#context = context
    this.#isOffered = context.clip() !== undefined
  }

  get isBusy(): boolean {
    return this.#isOffered
  }

  get preview(): Preview | undefined {
    const placed = this.#isOffered ? this.#placed() : undefined
    return placed && { regions: [placed] }
  }

  press(pointer: Pointer): void {
    const clip = this.#context.clip()
    if (!clip) return this.#context.refuse('nothing-copied')
    if (this.#context.document.locks.has(clip.label)) return this.#context.refuse('label-locked')
    this.#isOffered = true
    this.#from = pointer
    this.#to = pointer
  }

  move(pointer: Pointer): void {
    if (this.#from) this.#to = pointer
  }

  release(pointer: Pointer): void {
    if (!this.#from) return
    this.#to = pointer
    this.#paint()
  }

  key(key: ToolKey): boolean {
    if (key !== 'Enter' || !this.#isOffered) return false
    this.#paint()
    return true
  }

  cancel(): void {
    this.#isOffered = false
    this.#from = undefined
    this.#to = undefined
  }

  #paint(): void {
    const placed = this.#placed()
    this.cancel()
    const { document, refuse, commit } = this.#context
    if (!placed) return refuse('nothing-copied')
    if (document.locks.has(placed.label)) return refuse('label-locked')
    document.beginStroke()
    document.paint(placed.region, placed.label)
    commit(this.id)
  }

  /** The clip, as far as it has been dragged. */
  #placed(): LabelledRegion | undefined {
    const clip = this.#context.clip()
    if (!clip) return undefined
    const [from, to] = [this.#from?.point ?? [0, 0], this.#to?.point ?? [0, 0]]
    const [dx, dy] = [Math.round(to[0] - from[0]), Math.round(to[1] - from[1])]
    const { document } = this.#context
    const region = document.paintable(movedRegion(clip.region, dx, dy, document.size), clip.label)
    return { label: clip.label, region }
  }
}
