import { floodRegion } from '../../../../../shared/raster/floodRegion'
import type { Pointer, Tool, ToolContext } from '../tool'

/** Gives the active label to the pixels of one label that are connected to the one pressed. */
export class FillTool implements Tool {
  readonly id = 'fill'
  readonly isBusy = false
  readonly preview = undefined
  readonly #context: ToolContext

  constructor(context: ToolContext) {
    this.#context = context
  }

  press({ point }: Pointer): void {
    const { document, settings, refuse, commit } = this.#context
    const { label, diagonal } = settings()
    const pressed = document.labelAt(point[0], point[1])
    if (pressed === undefined) return refuse('outside')
    if (document.locks.has(label) || document.locks.has(pressed)) return refuse('label-locked')
    if (pressed === label) return
    const start = Math.floor(point[1]) * document.size.width + Math.floor(point[0])
    const { labels } = document
    document.beginStroke()
    document.paint(
      floodRegion(document.size, start, pixel => labels[pixel] === pressed, diagonal),
      label,
    )
    commit(this.id)
  }

  move(): void {}
  release(): void {}
  cancel(): void {}
}
