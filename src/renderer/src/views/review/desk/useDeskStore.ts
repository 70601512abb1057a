import { defineStore } from 'pinia'
import { markRaw, ref } from 'vue'
import type { ReviewMask } from '../../../../../shared/contract/review'
import type { ErrorData } from '../../../../../shared/errors'
import { defaultSettings } from '../../../editor/core/editorSettings'
import type { Refusal } from '../../../editor/core/tool'
import { useNoticesStore } from '../../../stores/notices'
import { reviewTexts } from '../../../texts/review'
import { keptPhotos } from './keptPhotos'
import { beginEditing, type Hand, type OpenedPhoto, type SavedMask } from './openedPhoto'
import type { FetchedPhoto } from './openPhoto'

/** What is not done, and why. */
export interface DeskRefusals {
  readonly tool: (refusal: Refusal) => void
  /** A decision that was shown already: `mask` is how the photo stands. */
  readonly decision: (image: number, mask: ReviewMask, error: ErrorData) => void
}

/**
 * What a person edits: the photo on the desk, the last ones before it, and what is in the hand. It outlives the screen,
 * since what was painted last may still be on its way to the disk: a photo that is not there yet never goes, the window
 * asks before it is closed, and whoever comes back finds the same strokes.
 */
export const useDeskStore = defineStore('desk', () => {
  const notices = useNoticesStore()
  /** Rises with everything that the editor tells: what is read from it is read again. */
  const revision = ref(0)
  const photos = keptPhotos()
  const hand: Hand = { settings: defaultSettings, tool: 'brush', clip: undefined }
  let screen: DeskRefusals | undefined
  let project: string | undefined
  let isFirst = true

  /** A screen shows the desk now; tools of another project are put away. @returns how to leave */
  function enter(of: string, refusals: DeskRefusals): () => void {
    if (of !== project) {
      Object.assign(hand, { settings: defaultSettings, tool: 'brush', clip: undefined })
      isFirst = true
    }
    project = of
    screen = refusals
    return () => {
      if (screen === refusals) screen = undefined
      void photos.settled().then(() => {
        if (screen === undefined) photos.forgetSaved()
      })
    }
  }

  function begin(photo: FetchedPhoto): OpenedPhoto {
    const { image } = photo.reviewed
    // The first photo is begun with a class that it is known to show.
    const [shown] = photo.facts.layers.image.present
    if (isFirst && shown !== undefined) hand.settings = { ...hand.settings, label: shown + 1 }
    isFirst = false
    return beginEditing(photo, hand, {
      refused: refusal => screen?.tool(refusal),
      changed: () => revision.value++,
      saving: saved => {
        if (screen === undefined && saved.state.kind === 'conflict')
          notices.say(unsavedNotice(photo, saved.state.error))
      },
      decisionRefused: (mask, error) =>
        screen === undefined ? notices.say(unsavedNotice(photo, error)) : screen.decision(image, mask, error),
    })
  }

  /** Tools, class and sizes go on as they were on the last photo. */
  function takeUp(name: string, photo: OpenedPhoto): void {
    photos.keep(name, photo)
    const { editor } = photo
    if (editor.settings !== hand.settings) editor.configure(hand.settings)
    if (editor.toolId !== hand.tool) editor.choose(hand.tool)
    revision.value++
  }

  /** What was drawn is saved; what is in progress is not. */
  function putDown({ editor, saver }: OpenedPhoto): void {
    editor.cancel()
    hand.clip = editor.clip
    void saver.flush()
  }

  /** Takes a tool in hand for this photo and the next ones; what was copied is put into one photo alone. */
  function choose(tool: Hand['tool'], photo: OpenedPhoto | undefined): void {
    if (tool !== 'paste') hand.tool = tool
    photo?.editor.choose(tool)
  }

  window.addEventListener('beforeunload', event => {
    if (photos.isUnsaved()) event.preventDefault()
  })
  return { revision, photos: markRaw(photos), enter, begin, takeUp, putDown, choose }
})

/** The person is elsewhere, and led back. */
function unsavedNotice({ reviewed, facts }: FetchedPhoto, { message }: ErrorData) {
  const link = { text: reviewTexts.refused.show, to: `/p/${reviewed.project}/review/${reviewed.image}` }
  return { kind: 'error', text: reviewTexts.refused.text(facts.layers.image.stem, message), link } as const
}

const badness: Readonly<Record<SavedMask['state']['kind'], number>> = { saved: 0, saving: 1, failed: 2, conflict: 3 }

/** Of photos that are on their way to the disk: what the person must know. */
export function worstOf(photos: readonly OpenedPhoto[]): SavedMask['state'] {
  return photos
    .map(({ saved }) => saved.value.state)
    .reduce((worst, state) => (badness[state.kind] > badness[worst.kind] ? state : worst), { kind: 'saved' })
}
