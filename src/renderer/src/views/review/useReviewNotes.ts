import { computed, type Ref } from 'vue'
import { editorTexts } from '../../texts/editor'
import { reasonSentence, reviewTexts } from '../../texts/review'
import { worstOf } from './desk/useDeskStore'
import type { useReviewDesk } from './desk/useReviewDesk'
import type { useReviewQueue } from './queue/useReviewQueue'

interface NoteParts {
  readonly desk: ReturnType<typeof useReviewDesk>
  readonly queue: ReturnType<typeof useReviewQueue>
  /** Of the classes. */
  readonly names: Readonly<Ref<readonly string[]>>
  readonly readOnly: Readonly<Ref<boolean>>
  /** Masks there are to review; undefined: not known yet. */
  readonly sources: Readonly<Ref<readonly unknown[] | undefined>>
  /** What cannot be shown, and why. */
  readonly problem: Readonly<Ref<string | undefined>>
  /** Whether superpixels are being made. */
  readonly cutting: { readonly value: boolean }
}

/** What is said beside a photo: why it is there, how its mask is saved, and what else one should know. */
export function useReviewNotes({ desk, queue, names, readOnly, sources, problem, cutting }: NoteParts) {
  const reason = computed(() => {
    const item = queue.items.value[queue.index.value]
    return item === undefined ? '' : `${reviewTexts.why}${reasonSentence(item.why, names.value)}`
  })
  const saving = computed(() => {
    const { kind, ...rest } = worstOf(desk.opened())
    return { kind, text: 'error' in rest ? rest.error.message : undefined }
  })
  const notes = computed(() => {
    const facts = desk.current.value?.fetched.facts
    return [
      readOnly.value ? reviewTexts.readOnly : undefined,
      facts !== undefined && facts.mask.blob === null && sources.value?.length === 0 ? reviewTexts.noMasks : undefined,
      problem.value,
      cutting.value ? editorTexts.cuttingSuperpixels : undefined,
    ].filter(note => note !== undefined)
  })
  return { reason, saving, notes }
}
