import { watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { ReviewMask } from '../../../../../shared/contract/review'
import type { ErrorData } from '../../../../../shared/errors'
import { useNoticesStore } from '../../../stores/notices'
import { reviewTexts } from '../../../texts/review'
import type { useReviewDesk } from '../desk/useReviewDesk'
import type { useReviewQueue } from '../queue/useReviewQueue'

interface RefusalParts {
  readonly desk: ReturnType<typeof useReviewDesk>
  readonly queue: ReturnType<typeof useReviewQueue>
}

/**
 * A decision is shown before it is stored, and the photo left. Where it is refused the list says again how the photo
 * stands, and the person hears why and is led back; so too where another window had saved the mask first.
 */
export function useRefusedDecisions({ desk, queue }: RefusalParts) {
  const notices = useNoticesStore()
  const route = useRoute()
  const router = useRouter()
  const told = new WeakSet<object>()

  function rollBack(image: number, { state, edited, version }: ReviewMask, { message }: ErrorData): void {
    queue.change(image, { state, edited, version })
    const stem = queue.items.value.find(item => item.image === image)?.stem ?? String(image)
    const { fullPath } = router.resolve({ name: 'review', params: { ...route.params, image }, query: route.query })
    const link = { text: reviewTexts.refused.show, to: fullPath }
    notices.say({ kind: 'error', text: reviewTexts.refused.text(stem, message), link })
  }

  watch(
    () => desk.opened().map(({ image, saved }) => ({ image, ...saved.value })),
    photos => {
      for (const { image, state, mask } of photos) {
        if (state.kind !== 'conflict' || image === desk.current.value?.image || told.has(state)) continue
        told.add(state)
        rollBack(image, mask, state.error)
      }
    },
  )
  return { rollBack }
}
