import { similarityTensors, type PrototypeSimilarity } from '../../shared/prototypes/similarity'
import { encodeSafetensors } from '../weights/safetensors'

/** What `parseSimilarity` reads: the bytes of a safetensors file. */
export function encodeSimilarity(similarity: PrototypeSimilarity): Uint8Array {
  const { tensors, metadata } = similarityTensors(similarity)
  return encodeSafetensors(tensors, metadata)
}
