import { onScopeDispose } from 'vue'
import type { PrototypeSimilarity } from '../../../../shared/prototypes/similarity'
import { fetchSimilarity, type SimilarityQuestion } from '../../api/similarity'
import { useLoad, type Load } from '../../composables/useLoad'

/** The similarities of one photo, asked for anew when the question changes; an older question is withdrawn. */
export function useSimilarity(question: () => SimilarityQuestion | undefined): Load<{
  readonly of: SimilarityQuestion
  readonly similarity: PrototypeSimilarity
}> {
  let abort = new AbortController()
  onScopeDispose(() => abort.abort())
  return useLoad(question, async of => {
    abort.abort()
    abort = new AbortController()
    return { of, similarity: await fetchSimilarity(of, abort.signal) }
  })
}
