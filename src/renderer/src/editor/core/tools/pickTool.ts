import type { Pointer, Tool, ToolContext } from '../tool'

/** Makes the label under the pointer the active one. */
export class PickTool implements Tool {
  readonly id = 'pick'
  readonly isBusy = false
  readonly preview = undefined
  readonly #context: ToolContext

  constructor(context: ToolContext) {
    this.#context = context
  }

  press({ point }: Pointer): void {
    const label = this.#context.document.labelAt(point[0], point[1])
    if (label === undefined) this.#context.refuse('outside')
    else this.#context.pick(label)
  }

  move(): void {}
  release(): void {}
  cancel(): void {}
}
