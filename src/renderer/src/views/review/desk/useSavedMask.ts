import { computed, watch } from 'vue'
import type { useReviewDesk } from './useReviewDesk'
import type { useReviewQueue } from '../queue/useReviewQueue'

interface SavedMaskParts {
  readonly desk: ReturnType<typeof useReviewDesk>
  readonly queue: ReturnType<typeof useReviewQueue>
}

/** How the mask on the desk stands with the server, undefined without one; the list shows the same as soon as it is said. */
export function useSavedMask({ desk, queue }: SavedMaskParts) {
  const { current } = desk
  const saved = computed(() => current.value?.saved.value)
  watch(
    () => saved.value?.mask,
    mask => {
      if (current.value === undefined || mask === undefined) return
      const { state, edited, version } = mask
      queue.change(current.value.image, { state, edited, version })
    },
  )
  return saved
}
