import { computed, type ComputedRef } from 'vue'
import type { CertaintyOrder } from '../../../../shared/contract/certainty'
import { api } from '../../api/client'
import type { MapsName } from './seedsOrder'
import { useKeptWork, type KeptWork } from '../shared/useKeptWork'

export interface CertaintyLoad extends Omit<KeptWork<unknown>, 'found'> {
  readonly of: ComputedRef<CertaintyOrder | undefined>
  /** Names the order for lists of photos, once it was measured. */
  readonly order: ComputedRef<string | undefined>
}

/** How certain the photos are by some maps: measured when it is asked for the first time. @param maps undefined: not asked */
export function useCertainty(project: () => string, maps: () => MapsName | undefined): CertaintyLoad {
  const question = () => {
    const asked = maps()
    return asked && { project: project(), run: asked.run, step: asked.step }
  }
  const { found, ...work } = useKeptWork(question, {
    find: asked => api.seeds.certainty.query(asked),
    start: asked => api.seeds.measureCertainty.mutate(asked),
    isMade: ({ order }) => order !== null,
  })
  return { ...work, of: computed(() => found.value), order: computed(() => found.value?.order ?? undefined) }
}
