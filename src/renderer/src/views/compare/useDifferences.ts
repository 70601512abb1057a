import { computed } from 'vue'
import type { PhotoOrder } from '../../../../shared/contract/evaluation'
import { api } from '../../api/client'
import { useKeptWork } from '../shared/useKeptWork'

export interface DifferencesAsked {
  readonly project: string
  readonly ids: readonly number[]
  readonly by: number
  readonly order: PhotoOrder
}

/** How the masks of two evaluations differ photo by photo: read by the server when the order is first asked for. */
export function useDifferences(asked: () => DifferencesAsked | undefined) {
  const question = () => {
    const wanted = asked()
    return wanted?.order === 'differ' ? { ...wanted, ids: [...wanted.ids] } : undefined
  }
  const work = useKeptWork(question, {
    find: ({ project, ids, by }) => api.evaluations.differences.query({ project, ids, by }),
    start: ({ project, ids, by }) => api.evaluations.measureDifferences.mutate({ project, ids, by }),
    isMade: ({ measured }) => measured,
  })
  /** The order is known, or needs nothing to be. */
  const known = computed(() => question() === undefined || work.found.value?.measured === true)
  return { ...work, known }
}
