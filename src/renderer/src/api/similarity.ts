import { WorkbenchError } from '../../../shared/errors'
import { parseSimilarity, type PrototypeSimilarity } from '../../../shared/prototypes/similarity'

export interface SimilarityQuestion {
  readonly project: string
  readonly run: number
  readonly step: string
  readonly image: number
  readonly place: number
}

/** How like the prototypes of a class one photo is. @throws what the server met, as its sentence */
export async function fetchSimilarity(question: SimilarityQuestion, signal: AbortSignal): Promise<PrototypeSimilarity> {
  const { project, run, step, image, place } = question
  const address = `/bytes/${project}/similarities/${run}/${image}/${place}?step=${encodeURIComponent(step)}`
  const response = await fetch(address, { signal })
  if (!response.ok) throw new WorkbenchError('INTERNAL', await response.text())
  return parseSimilarity(new Uint8Array(await response.arrayBuffer()), 'The answer about the prototypes')
}
