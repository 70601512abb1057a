import { maskDispute as compare, type MaskDispute } from '../../../shared/metrics/maskDispute'
import { readLabelMap } from '../../artifacts/labelMaps'
import { checkSameSize } from './sameSize'

/** How the masks of one photo by two runs differ. Paths of PNGs. */
export async function maskDispute(input: { readonly first: string; readonly second: string }): Promise<MaskDispute> {
  const [first, second] = await Promise.all([readLabelMap(input.first), readLabelMap(input.second)])
  checkSameSize(input.first, first, input.second, second)
  return compare(first.labels, second.labels)
}
