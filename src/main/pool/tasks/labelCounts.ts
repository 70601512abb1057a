import { readLabelMap } from '../../artifacts/labelMaps'
import type { Size } from '../../../shared/raster/size'

/** Size of a label map and how many pixels carry each value, `[256]`. @param path of a PNG */
export async function labelCounts({
  path,
}: {
  readonly path: string
}): Promise<Size & { readonly counts: Uint32Array }> {
  const { labels, width, height } = await readLabelMap(path)
  const counts = new Uint32Array(256)
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]!++
  return { width, height, counts }
}
