import type { LabelDelta } from '../../../../shared/raster/labelDelta'
import { createTool } from './createTool'
import { changedSettings, defaultSettings, type EditorSettings } from './editorSettings'
import { History, type HistoryStep } from './history'
import type { LabelDocument } from './labelDocument'
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

/** One photo's mask in the editor: its document, its history and the tool in hand. It draws nothing and sends nothing. */
export class Editor {
  readonly document: LabelDocument
  readonly history: History
  readonly #setup: EditorSetup
  #settings: EditorSettings
  #clip: Clip | undefined
  #tool: Tool

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

  get preview(): Preview | undefined {
    return this.#tool.preview
  }

  /** Whether something is in progress: a stroke, a polygon, a proposal. */
  get isBusy(): boolean {
    return this.#tool.isBusy
  }

  get clip(): Clip | undefined {
    return this.#clip
  }

  press(pointer: Pointer): void {
    this.#tool.press(pointer)
    this.#changed()
  }

  /** @param pointers where it was since the last event, oldest first: a browser gathers several a frame */
  move(...pointers: readonly Pointer[]): void {
    for (const pointer of pointers) this.#tool.move(pointer)
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

  /** @returns whether the tool in progress knew the key */
  key(key: ToolKey): boolean {
    const known = this.#tool.key?.(key) ?? false
    if (known) this.#changed()
    return known
  }

  /** Esc. @returns whether there was something to cancel */
  cancel(): boolean {
    if (!this.#tool.isBusy) return false
    this.#tool.cancel()
    this.#changed()
    return true
  }

  /** Takes another tool; what the last one had in progress is cancelled. */
  choose(id: ToolId): void {
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
      refuse: refusal => this.#setup.tell({ type: 'refused', refusal }),
      pick: label => this.configure({ label }),
    }
  }
}
