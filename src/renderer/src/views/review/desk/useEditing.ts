import { computed, ref, shallowReactive } from 'vue'
import type { ReviewMask } from '../../../../../shared/contract/review'
import { defaultSettings } from '../../../editor/core/editorSettings'
import { beginEditing, type Hand, type OpenedPhoto } from './openedPhoto'
import type { FetchedPhoto } from './openPhoto'
import type { OutboxState } from './outbox'
import type { DeskRefusals } from './useReviewDesk'

/** What a person holds while photos come and go, and how the saving of each is doing. */
export function useEditing(refused: DeskRefusals) {
  /** Rises with everything that the editor tells: what is read from it is read again. */
  const revision = ref(0)
  const savings = shallowReactive(new Map<number, { readonly state: OutboxState; readonly mask: ReviewMask }>())
  const hand: Hand = { settings: defaultSettings, tool: 'brush', clip: undefined }
  let isFirst = true

  function begin(photo: FetchedPhoto): OpenedPhoto {
    const { image } = photo.reviewed
    // The first photo is begun with a class that it is known to show.
    const [shown] = photo.facts.layers.image.present
    if (isFirst && shown !== undefined) hand.settings = { ...hand.settings, label: shown + 1 }
    isFirst = false
    const begun = beginEditing(photo, hand, {
      ...{ refused: refused.tool, changed: () => revision.value++ },
      decisionRefused: (mask, error) => refused.decision(image, mask, error),
      saving: (state, mask) => savings.set(image, { state, mask }),
    })
    savings.set(image, { state: begun.saver.state, mask: begun.saver.mask })
    return begun
  }

  /** Tools, class and sizes go on as they were on the last photo. */
  function takeUp({ editor }: OpenedPhoto): void {
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

  const saving = computed(() => worstOf([...savings.values()].map(({ state }) => state)))
  return { revision, savings, saving, hand, begin, takeUp, putDown }
}

const badness: Readonly<Record<OutboxState['kind'], number>> = { saved: 0, saving: 1, failed: 2, conflict: 3 }

/** Of all photos that are on their way to the disk: what the person must know. */
function worstOf(states: readonly OutboxState[]): OutboxState {
  return states.reduce<OutboxState>((worst, state) => (badness[state.kind] > badness[worst.kind] ? state : worst), {
    kind: 'saved',
  })
}
