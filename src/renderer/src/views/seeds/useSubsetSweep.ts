import { computed, type ComputedRef } from 'vue'
import type { TruthKind } from '../../../../shared/contract/evaluation'
import type { ImageFilter } from '../../../../shared/contract/imageFilter'
import type { SubsetSweep } from '../../../../shared/contract/thresholdSweep'
import { api } from '../../api/client'
import { useKeptWork, type KeptWork } from '../shared/useKeptWork'

export interface SweepQuestion {
  readonly project: string
  readonly run: number
  readonly step: string
  readonly subset: ImageFilter
  /** What is called true. */
  readonly truth: TruthKind
}

export interface SubsetSweepLoad extends Omit<KeptWork<unknown>, 'found'> {
  readonly sweep: ComputedRef<SubsetSweep | undefined>
  /** Photos that are or would be measured. */
  readonly photos: ComputedRef<number | undefined>
}

/** The sweep of a subset: what was measured before, at once; else it is measured now, and shown when that is done. */
export function useSubsetSweep(question: () => SweepQuestion): SubsetSweepLoad {
  const { found, ...work } = useKeptWork(question, {
    find: asked => api.thresholds.find.query(asked),
    start: asked => api.thresholds.sweep.mutate(asked),
    isMade: ({ sweep }) => sweep !== null,
  })
  return {
    ...work,
    sweep: computed(() => found.value?.sweep ?? undefined),
    photos: computed(() => found.value?.photos),
  }
}
