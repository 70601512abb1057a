import { watch } from 'vue'
import { isMeasuredOrder } from '../../../../../shared/contract/reviewQueue'
import { useReviewAddress } from './useReviewAddress'
import { useReviewProgress } from './useReviewProgress'
import { useReviewQueue } from './useReviewQueue'

/** Which photos are reviewed and in which order, as the address says it, and how far they are. */
export function useReviewList() {
  const address = useReviewAddress()
  const { project, image, filter, choice, choose } = address
  const queue = useReviewQueue(
    () => ({ ...choice.value, project: project.value, filter: filter.value }),
    () => image.value,
  )
  const { progress, sources } = useReviewProgress(() => ({ project: project.value, filter: filter.value }))
  // Before a run has made masks the usual order has nothing to go by: the address says which is meant instead.
  watch(sources, now => {
    if (now?.length === 0 && isMeasuredOrder(choice.value.order)) choose({ order: 'name' }, 'replace')
  })
  return { ...address, queue, progress, sources }
}
