import { isCancellation, WorkbenchError } from '../../../shared/errors'
import { decodeEdgeMap, type EdgeMap } from '../../../shared/tensors/edgeMap'
import { decodeScoreMaps, type ScoreMaps } from '../../../shared/tensors/scoreMaps'
import { seedsTexts } from '../texts/seeds'

/** Address of a stored blob. */
export function blobUrl(project: string, blob: string): string {
  return `/bytes/${project}/blobs/${blob}`
}

/**
 * A photo, turned upright, with at most `longest` pixels on its longer side.
 * @throws FILE_UNREADABLE with the workbench's sentence, or one that names `stem` where the browser cannot decode it
 */
export async function fetchPhoto(project: string, image: number, longest: number, stem: string): Promise<ImageBitmap> {
  const response = await request(`/bytes/${project}/photos/${image}?longest=${longest}`)
  const blob = await response.blob()
  try {
    return await createImageBitmap(blob, { premultiplyAlpha: 'none' })
  } catch (cause) {
    throw new WorkbenchError('FILE_UNREADABLE', seedsTexts.damaged(stem), { cause })
  }
}

/** @throws FILE_UNREADABLE or WEIGHTS_UNREADABLE where the blob is gone or damaged */
export async function fetchScoreMaps(project: string, blob: string, name: string): Promise<ScoreMaps> {
  const response = await request(blobUrl(project, blob))
  return decodeScoreMaps(new Uint8Array(await response.arrayBuffer()), name)
}

/** @throws FILE_UNREADABLE or WEIGHTS_UNREADABLE where the blob is gone or damaged */
export async function fetchEdgeMap(project: string, blob: string, name: string): Promise<EdgeMap> {
  const response = await request(blobUrl(project, blob))
  return decodeEdgeMap(new Uint8Array(await response.arrayBuffer()), name)
}

async function request(url: string): Promise<Response> {
  const response = await fetch(url).catch((cause: unknown) => {
    if (isCancellation(cause)) throw cause
    throw new WorkbenchError('INTERNAL', seedsTexts.noAnswer, { cause })
  })
  if (response.ok) return response
  throw new WorkbenchError('FILE_UNREADABLE', await response.text())
}
