import { readFile } from 'node:fs/promises'
import { WorkbenchError } from '../../shared/errors'
import { floatToHalf } from '../../shared/raster/half'
import { decodeEdgeMap, type EdgeMap } from '../../shared/tensors/edgeMap'
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

/** Reads the edge map stored at `path`. */
export async function readEdgeMap(path: string): Promise<EdgeMap> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (cause) {
    throw new WorkbenchError('FILE_UNREADABLE', `Edge map ${path} cannot be read: run the step again.`, { cause })
  }
  return decodeEdgeMap(bytes, path)
}
