import { onScopeDispose, ref } from 'vue'
import type { ImageFilter } from '../../../../../shared/contract/imageFilter'
import { api } from '../../../api/client'
import { useLoad } from '../../../composables/useLoad'
import { useLiveStore } from '../../../stores/live'

/** Keys come faster than anybody reads the pace. */
const lookAfterMs = 300

/** How the review goes, and which masks there are to review; both are looked at again when something happened. */
export function useReviewProgress(key: () => { readonly project: string; readonly filter: ImageFilter }) {
  const changes = ref(0)
  const runs = ref(0)
  const progress = useLoad(
    () => ({ ...key(), changes: changes.value }),
    ({ project, filter }) => api.review.progress.query({ project, filter }),
  )
  const sources = useLoad(
    () => ({ project: key().project, runs: runs.value }),
    ({ project }) => api.review.sources.query({ project }),
  )
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = useLiveStore().listen(event => {
    const { project } = key()
    const mayMakeMasks = event.type === 'run' && ['state', 'step', 'removed'].includes(event.event.type)
    if (event.type === 'reset' || (mayMakeMasks && event.project === project)) runs.value++
    if (event.type !== 'reset' && !(event.type === 'review' && event.project === project)) return
    clearTimeout(timer)
    timer = setTimeout(() => changes.value++, lookAfterMs)
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    stop()
  })
  return { progress: progress.value, sources: sources.value, look: () => changes.value++ }
}
