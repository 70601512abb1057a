import type { SuperpixelQuery } from '../../../shared/contract/superpixels'
import { WorkbenchError } from '../../../shared/errors'
import type { Superpixels } from '../../../shared/raster/superpixels'
import { parseSuperpixels } from '../../../shared/tensors/superpixelMap'

/** A photo's superpixels, perhaps smaller than the photo. @throws what the server met, as its sentence */
export async function fetchSuperpixels(
  project: string,
  image: number,
  { spacing, compactness }: SuperpixelQuery,
  signal: AbortSignal,
): Promise<Superpixels> {
  const query = new URLSearchParams({ spacing: String(spacing), compactness: String(compactness) })
  const response = await fetch(`/bytes/${project}/superpixels/${image}?${query.toString()}`, { signal })
  if (!response.ok) throw new WorkbenchError('INTERNAL', await response.text())
  return parseSuperpixels(new Uint8Array(await response.arrayBuffer()), 'The answer about superpixels')
}
