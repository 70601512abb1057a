import { shallowRef, type ShallowRef } from 'vue'
import type { ReviewMask } from '../../../../../shared/contract/review'
import { errorOf } from '../../../api/errorOf'
import { Editor, type EditorEvent } from '../../../editor/core/editor'
import type { EditorSettings } from '../../../editor/core/editorSettings'
import type { Clip, Refusal, ToolId } from '../../../editor/core/tool'
import { keeperOf } from './keeperOf'
import type { FetchedPhoto } from './openPhoto'
import type { OutboxState } from './outbox'
import { LoadedResources } from './photoResources'
import { PhotoSaver, type PhotoSaverSetup } from './photoSaver'
import { unopenedStrokes } from './unopenedMask'

/** A photo on the desk: its mask is edited here and nowhere else in this window. */
export interface OpenedPhoto {
  readonly fetched: FetchedPhoto
  readonly image: number
  readonly editor: Editor
  readonly resources: LoadedResources
  readonly saver: PhotoSaver
  readonly saved: Readonly<ShallowRef<SavedMask>>
}

/** How a mask stands with the server, and how what is newer here is doing. */
export interface SavedMask {
  readonly state: OutboxState
  readonly mask: ReviewMask
}

/** What a person holds: it goes along from photo to photo. */
export interface Hand {
  settings: EditorSettings
  tool: ToolId
  clip: Clip | undefined
}

export interface EditingListener {
  /** Something is to be drawn or read anew. */
  readonly changed: () => void
  readonly saving: (saved: SavedMask) => void
  readonly refused: (refusal: Refusal) => void
  readonly decisionRefused: PhotoSaverSetup['decisionRefused']
}

/**
 * Begins to edit a photo: its mask with the strokes that undo reaches, a tool, and whoever keeps what is drawn.
 * @throws UnopenedMask where a stroke does not fit the mask
 */
export function beginEditing(fetched: FetchedPhoto, hand: Hand, listener: EditingListener): OpenedPhoto {
  const { document, deltas, position, applied } = fetched.mask
  const { mask, journal } = fetched.facts
  const saved = shallowRef<SavedMask>({ state: { kind: 'saved' }, mask })
  const resources = new LoadedResources(fetched.picture, document.size)
  const saver = new PhotoSaver({
    ...{ mask, journal, errorOf, keeper: keeperOf(fetched.reviewed) },
    report: (state, mask) => {
      saved.value = { state, mask }
      listener.saving(saved.value)
    },
    decisionRefused: listener.decisionRefused,
    labels: () => document.labels as Uint8Array,
  })
  const placeBefore = journal.first - 1
  const tell = (event: EditorEvent) => {
    if (event.type === 'committed') saver.stroke(event.step.delta.bytes)
    if (event.type === 'moved') saver.moved(placeBefore + editor.history.dropped + event.position)
    if (event.type === 'settings') hand.settings = event.settings
    if (event.type === 'refused') listener.refused(event.refusal)
    listener.changed()
  }
  const editor: Editor = new Editor({ document, resources, tell, ...hand })
  try {
    editor.history.restore(deltas, position, applied)
  } catch (cause) {
    throw unopenedStrokes(fetched.facts, cause)
  }
  return { fetched, image: fetched.reviewed.image, editor, resources, saver, saved }
}
