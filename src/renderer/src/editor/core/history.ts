import type { LabelDelta } from '../../../../shared/raster/labelDelta'
import type { LabelDocument } from './labelDocument'

/** One operation that can be taken back. */
export interface HistoryStep {
  /** Numbered from 1 in the order in which they were made; never used again. */
  readonly id: number
  readonly delta: LabelDelta
}

/**
 * Bytes of deltas that are kept. A stroke of 1,000 px with a brush of 40 px takes about 6 kB; even a thousand operations
 * that each redraw a good part of a 4096² mask stay far below. Beyond it the oldest can no longer be taken back.
 */
const BUDGET_BYTES = 200e6

/** What was done to a document, in order, and how much of it stands: steps before `position` are done, later ones undone. */
export class History {
  readonly #document: LabelDocument
  readonly #budget: number
  #steps: HistoryStep[] = []
  #position = 0
  #bytes = 0
  #nextId = 1
  #dropped = 0
  /** Deltas that have been in the document: they fit, and are not compared with it again. */
  readonly #known = new WeakSet<LabelDelta>()

  constructor(document: LabelDocument, budget = BUDGET_BYTES) {
    this.#document = document
    this.#budget = budget
  }

  get steps(): readonly HistoryStep[] {
    return this.#steps
  }

  /** How many of `steps` stand. */
  get position(): number {
    return this.#position
  }

  /** What the steps take, done and undone, in bytes. */
  get bytes(): number {
    return this.#bytes
  }

  /** How many of the oldest steps were let go, to stay within the budget. */
  get dropped(): number {
    return this.#dropped
  }

  get canUndo(): boolean {
    return this.#position > 0
  }

  get canRedo(): boolean {
    return this.#position < this.#steps.length
  }

  /** Adds what the document has just committed. What was undone before it can no longer be done again. */
  push(delta: LabelDelta): HistoryStep {
    for (const { delta: undone } of this.#steps.splice(this.#position)) this.#bytes -= undone.bytes.length
    const step = { id: this.#nextId++, delta }
    this.#steps.push(step)
    this.#known.add(delta)
    this.#bytes += delta.bytes.length
    this.#position = this.#steps.length
    while (this.#bytes > this.#budget && this.#steps.length > 1) this.#dropOldest()
    return step
  }

  /** @returns the step that was taken back; undefined where there was none */
  undo(): HistoryStep | undefined {
    const step = this.#steps[this.#position - 1]
    if (!step) return undefined
    this.#apply(step.delta, 'backwards')
    this.#position--
    return step
  }

  /** @returns the step that was done again; undefined where there was none */
  redo(): HistoryStep | undefined {
    const step = this.#steps[this.#position]
    if (!step) return undefined
    this.#apply(step.delta, 'forwards')
    this.#position++
    return step
  }

  /** Undoes or does again until so many steps stand. @param position 0 … steps.length */
  goTo(position: number): void {
    while (this.#position > position && this.undo());
    while (this.#position < position && this.redo());
  }

  /**
   * Takes over what a journal kept of this document, and brings the document to where it stood.
   * @param deltas   in the order in which they were made
   * @param position how many of them stand
   * @param applied  how many of them the document's labels already hold; those after it are done now
   * @throws CONFLICT where a delta does not fit the labels
   */
  restore(deltas: readonly LabelDelta[], position: number, applied: number): void {
    this.#steps = deltas.map(delta => ({ id: this.#nextId++, delta }))
    this.#bytes = deltas.reduce((sum, { bytes }) => sum + bytes.length, 0)
    this.#position = applied
    this.goTo(position)
  }

  #apply(delta: LabelDelta, direction: 'forwards' | 'backwards'): void {
    if (this.#known.has(delta)) return this.#document.replay(delta, direction)
    this.#document.apply(delta, direction)
    this.#known.add(delta)
  }

  #dropOldest(): void {
    this.#bytes -= this.#steps.shift()!.delta.bytes.length
    this.#position--
    this.#dropped++
  }
}
