import { floatToHalf } from '../../shared/raster/half'
import type { EdgeMap } from '../../shared/tensors/edgeMap'
import type { NamedTensor } from '../../shared/tensors/tensors'
import { encodeSafetensors } from '../weights/safetensors'
import { writeBlob } from './blobStore'

/** Stores an edge map as a blob (`shared/tensors/edgeMap.ts` says how) and returns its name. */
export async function writeEdgeMap(blobFolder: string, map: EdgeMap): Promise<string> {
  const { width, height, edge, displacement, photoWidth, photoHeight } = map
  const tensors = new Map<string, NamedTensor>([
    ['edge', { dtype: 'F16', shape: [height, width], data: floatToHalf(edge) }],
  ])
  if (displacement !== null)
    tensors.set('displacement', { dtype: 'F16', shape: [height, width, 2], data: floatToHalf(displacement) })
  const bytes = encodeSafetensors(tensors, { photoWidth: String(photoWidth), photoHeight: String(photoHeight) })
  return writeBlob(blobFolder, bytes, 'safetensors', 'derived')
}
