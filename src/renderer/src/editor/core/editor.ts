import type { LabelDelta } from '../../../../shared/raster/labelDelta'
import { isEmptyRegion, regionPixels } from '../../../../shared/raster/region'
import { createTool } from './createTool'
import { changedSettings, defaultSettings, type EditorSettings } from './editorSettings'
import { History, type HistoryStep } from './history'
import type { LabelDocument } from './labelDocument'
import { plannedOperation, targetRegion, type OperationTarget, type RegionOperation } from './regionOperation'
import type { Clip, PhotoResources, Pointer, Preview, Refusal, Tool, ToolContext, ToolId, ToolKey } from './tool'

/** What the screen is told, at once and in order. */
export type EditorEvent =
  /** Something to draw anew: pixels, a preview, locks. Several may come before the next frame. */
  | { readonly type: 'changed' }
  /** An operation was finished: send it to the journal. */
  | { readonly type: 'committed'; readonly step: HistoryStep; readonly position: number }
  /** History moved without a new step: tell the journal where it stands. */
  | { readonly type: 'moved'; readonly position: number }
  | { readonly type: 'settings'; readonly settings: EditorSettings }
  | { readonly type: 'refused'; readonly refusal: Refusal }

export interface EditorSetup {
  readonly document: LabelDocument
  readonly resources: PhotoResources
  readonly tell: (event: EditorEvent) => void
  /** As they were on the last photo. */
  readonly settings?: EditorSettings
  readonly tool?: ToolId
  readonly clip?: Clip | undefined
}

interface Proposal {
  readonly operation: RegionOperation
  readonly target: OperationTarget
  readonly preview: Preview
}

/** One photo's mask in the editor: its document, its history and the tool in hand. It draws nothing and sends nothing. */
export class Editor {
  readonly document: LabelDocument
  readonly history: History
  readonly #setup: EditorSetup
  #settings: EditorSettings
  #clip: Clip | undefined
  #tool: Tool
  #proposed: Proposal | undefined

  constructor(setup: EditorSetup) {
    this.#setup = setup
    this.document = setup.document
    this.history = new History(setup.document)
    this.#settings = setup.settings ?? defaultSettings
    this.#clip = setup.clip
    this.#tool = createTool(setup.tool ?? 'brush', this.#context())
  }

  get settings(): EditorSettings {
    return this.#settings
  }

  get toolId(): ToolId {
    return this.#tool.id
  }

  /** What the tool shows, or the operation that is proposed. */
  get preview(): Preview | undefined {
    return this.#proposed?.preview ?? this.#tool.preview
  }

  /** Whether something is in progress: a stroke, a polygon, a proposal. */
  get isBusy(): boolean {
    return this.#tool.isBusy || this.#proposed !== undefined
  }

  get clip(): Clip | undefined {
    return this.#clip
  }

  press(pointer: Pointer): void {
    this.#proposed = undefined
    this.#tool.press(pointer)
    this.#changed()
  }

  /** @param pointers where it was since the last event, oldest first: a browser gathers several a frame */
  move(...pointers: readonly Pointer[]): void {
    const needsAll = this.#tool.isBusy && !this.#tool.skipsPoints
    for (const pointer of needsAll ? pointers : pointers.slice(-1)) this.#tool.move(pointer)
    this.#changed()
  }

  release(pointer: Pointer): void {
    this.#tool.release(pointer)
    this.#changed()
  }

  /** The pointer has left the photo. */
  leave(): void {
    this.#tool.leave?.()
    this.#changed()
  }

  /** @returns whether the proposal or the tool in progress knew the key */
  key(key: ToolKey): boolean {
    if (this.#proposed && key === 'Enter') {
      const { operation, target } = this.#proposed
      this.operate(operation, target)
      return true
    }
    const known = this.#tool.key?.(key) ?? false
    if (known) this.#changed()
    return known
  }

  /** Esc. @returns whether there was something to cancel */
  cancel(): boolean {
    if (!this.isBusy) return false
    this.#proposed = undefined
    this.#tool.cancel()
    this.#changed()
    return true
  }

  /**
   * Shows what an operation would do, until it is done, another is shown or something is cancelled.
   * @returns how many pixels it would change
   */
  propose(operation: RegionOperation, target: OperationTarget = { label: this.#settings.label }): number {
    this.#tool.cancel()
    const regions = plannedOperation(this.document, operation, target)
    this.#proposed = { operation, target, preview: { regions } }
    this.#changed()
    return regions.reduce((sum, { region }) => sum + regionPixels(region), 0)
  }

  /** Does an operation, as one step. */
  operate(operation: RegionOperation, target: OperationTarget = { label: this.#settings.label }): void {
    this.cancel()
    if (this.document.locks.has(target.label)) return this.#refuse('label-locked')
    this.document.beginStroke()
    for (const { region, label } of plannedOperation(this.document, operation, target))
      this.document.paint(region, label)
    if (!this.#commit(operation.id)) this.#refuse('nothing-there')
    this.refresh()
  }

  /**
   * Copies one connected part of a label, or all of it; the background is nothing to copy.
   * @returns whether there was something
   */
  copy(target: OperationTarget = { label: this.#settings.label }): boolean {
    const region = targetRegion(this.document, target)
    if (target.label === 0 || isEmptyRegion(region)) {
      this.#refuse('nothing-there')
      return false
    }
    this.#clip = { label: target.label, region }
    this.refresh()
    return true
  }

  /** Takes a label's pixels out of reach, or frees them. What a tool shows follows. */
  lock(label: number): void {
    this.document.locks.toggle(label)
    this.refresh()
  }

  /** @param labels of all classes @see LabelLocks.toggleOthers */
  lockOthers(labels: readonly number[]): void {
    this.document.locks.toggleOthers(this.#settings.label, labels)
    this.refresh()
  }

  /** Takes another tool; what the last one had in progress is cancelled. */
  choose(id: ToolId): void {
    this.#proposed = undefined
    this.#tool.cancel()
    this.#tool = createTool(id, this.#context())
    this.#changed()
  }

  configure(changes: Partial<EditorSettings>): void {
    this.#settings = changedSettings(this.#settings, changes)
    this.#tool.refresh?.()
    this.#setup.tell({ type: 'settings', settings: this.#settings })
    this.#changed()
  }

  /** Scores, the photo or its superpixels have arrived. */
  refresh(): void {
    this.#tool.refresh?.()
    this.#changed()
  }

  /** What is in progress is cancelled first: Ctrl+Z in the middle of a stroke takes back that stroke. */
  undo(): void {
    if (!this.cancel()) this.#move(() => this.history.undo())
  }

  redo(): void {
    if (!this.cancel()) this.#move(() => this.history.redo())
  }

  /** @param position how many of the history's steps shall stand */
  goTo(position: number): void {
    this.cancel()
    this.#move(() => this.history.goTo(position))
  }

  #move(step: () => unknown): void {
    const before = this.history.position
    step()
    if (this.history.position === before) return
    this.#setup.tell({ type: 'moved', position: this.history.position })
    this.refresh()
  }

  #commit(name: string): LabelDelta | undefined {
    const delta = this.document.commit(name)
    if (!delta) return undefined
    const step = this.history.push(delta)
    this.#setup.tell({ type: 'committed', step, position: this.history.position })
    return delta
  }

  #refuse(refusal: Refusal): void {
    this.#setup.tell({ type: 'refused', refusal })
  }

  #changed(): void {
    this.#setup.tell({ type: 'changed' })
  }

  #context(): ToolContext {
    return {
      ...this.#setup.resources,
      document: this.document,
      settings: () => this.#settings,
      clip: () => this.#clip,
      commit: name => this.#commit(name),
      refuse: refusal => this.#refuse(refusal),
      pick: label => this.configure({ label }),
    }
  }
}
