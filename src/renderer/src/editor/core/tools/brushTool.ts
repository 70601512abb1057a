import type { ImagePoint } from '../../../../../shared/geometry/points'
import type { Region } from '../../../../../shared/raster/region'
import { sweptDisc, sweptSquare, type BrushPlace } from '../../../../../shared/raster/sweptBrush'
import type { BrushSettings } from '../editorSettings'
import type { Pointer, Preview, Refusal, Tool, ToolContext, ToolId } from '../tool'
import { brushPlace, pulled } from './brushPlace'

/** What tells one tool that paints with a brush from another. */
export interface BrushKind {
  readonly id: ToolId
  readonly brush: (context: ToolContext) => BrushSettings
  readonly label: (context: ToolContext) => number
  /** Which of the pixels under the brush are painted; where it is missing, all. */
  readonly among?: BrushChoice
  /** Whether the pixels that a press would paint are shown under the pointer, beside the ring. */
  readonly previews?: boolean
}

/** Chosen where a stroke begins: the part of a region that is painted, or why nothing can be. */
export type BrushChoice = (context: ToolContext, pointer: Pointer) => ((region: Region) => Region) | Refusal

interface Painting {
  readonly chosen: (region: Region) => Region
  /** Where the brush is, which the stabiliser may hold back. */
  at: ImagePoint
  place: BrushPlace
}

/** A tool that paints while the pointer is down, and shows its ring while it is not. */
export class BrushTool implements Tool {
  readonly #kind: BrushKind
  readonly #context: ToolContext
  #painting: Painting | undefined
  #pointer: Pointer | undefined
  #preview: Preview | undefined

  constructor(kind: BrushKind, context: ToolContext) {
    this.#kind = kind
    this.#context = context
  }

  get id(): ToolId {
    return this.#kind.id
  }

  get isBusy(): boolean {
    return this.#painting !== undefined
  }

  get preview(): Preview | undefined {
    return this.#preview
  }

  press(pointer: Pointer): void {
    this.cancel()
    const context = this.#context
    const chosen = this.#choose(pointer)
    if (typeof chosen === 'string') return context.refuse(chosen)
    context.document.beginStroke()
    const place = this.#placeOf(pointer)
    this.#painting = { chosen, at: pointer.point, place }
    this.#paint(this.#painting, place)
    this.#show(pointer)
  }

  move(pointer: Pointer): void {
    const painting = this.#painting
    if (painting) {
      const { stabiliser, zoom } = this.#context.settings()
      painting.at = pulled(painting.at, pointer.point, stabiliser / zoom)
      const place = this.#placeOf({ ...pointer, point: painting.at })
      if (place.x !== painting.place.x || place.y !== painting.place.y || place.radius !== painting.place.radius) {
        this.#paint(painting, place)
        painting.place = place
      }
    }
    this.#show(pointer)
  }

  release(pointer: Pointer): void {
    if (!this.#painting) return
    this.move(pointer)
    this.#painting = undefined
    this.#context.commit(this.id)
    this.#show(pointer)
  }

  cancel(): void {
    if (!this.#painting) return
    this.#painting = undefined
    this.#context.document.cancel()
    this.refresh()
  }

  refresh(): void {
    if (this.#pointer) this.#show(this.#pointer)
  }

  leave(): void {
    this.#pointer = undefined
    this.#preview = undefined
  }

  #placeOf(pointer: Pointer): BrushPlace {
    return brushPlace(pointer, this.#kind.brush(this.#context), this.#context.settings().pressure)
  }

  #choose(pointer: Pointer): ((region: Region) => Region) | Refusal {
    const { document } = this.#context
    if (document.locks.has(this.#kind.label(this.#context))) return 'label-locked'
    return this.#kind.among ? this.#kind.among(this.#context, pointer) : region => region
  }

  #paint({ chosen, place }: Painting, to: BrushPlace): void {
    this.#context.document.paint(chosen(this.#covered(place, to)), this.#kind.label(this.#context))
  }

  /** The pixels under the brush on its way. */
  #covered(from: BrushPlace, to: BrushPlace): Region {
    const { size } = this.#context.document
    const { shape } = this.#kind.brush(this.#context)
    return shape === 'round' ? sweptDisc(from, to, size) : sweptSquare(from, to, size)
  }

  #show(pointer: Pointer): void {
    this.#pointer = pointer
    const { shape, size } = this.#kind.brush(this.#context)
    const at = this.#painting?.at ?? pointer.point
    const regions = this.#kind.previews && !this.#painting ? this.#under(pointer) : undefined
    this.#preview = {
      brush: { at, size, shape },
      ...(this.#painting && this.#context.settings().stabiliser > 0 ? { string: [at, pointer.point] as const } : {}),
      ...(regions ? { regions } : {}),
    }
  }

  #under(pointer: Pointer): Preview['regions'] {
    const chosen = this.#choose(pointer)
    if (typeof chosen === 'string') return undefined
    const place = this.#placeOf({ point: pointer.point })
    const label = this.#kind.label(this.#context)
    return [{ region: this.#context.document.paintable(chosen(this.#covered(place, place)), label), label }]
  }
}
