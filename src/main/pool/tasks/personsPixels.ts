import type { Size } from '../../../shared/raster/size'
import { withPersonsPixels } from '../../../shared/raster/withPersonsPixels'
import { readLabelMap } from '../../artifacts/labelMaps'
import type { LabelMap } from '../../media/labelPng'
import { checkSameSize } from './sameSize'
import { storeLabels, type StoredLabels } from './storeLabels'

export interface PersonsPixelsInput {
  /** Paths of the new mask, of the corrected one, and of what that began as; null: it began as an empty map. */
  readonly made: string
  readonly corrected: string
  readonly before: string | null
  readonly classes: number
  /** What sentences call the photo. */
  readonly stem: string
  readonly blobFolder: string
}

/** Stores a photo's new mask with a person's corrections laid over it. */
export async function personsPixels({ made, corrected, before, ...stored }: PersonsPixelsInput): Promise<StoredLabels> {
  const [newest, persons] = await Promise.all([readLabelMap(made), readLabelMap(corrected)])
  const { width, height } = newest
  checkSameSize(made, newest, corrected, persons)
  const first = before === null ? emptyMap(newest) : await readLabelMap(before)
  checkSameSize(made, newest, before ?? corrected, first)
  const { labels } = withPersonsPixels(newest.labels, persons.labels, first.labels)
  return storeLabels({ labels, width, height, ...stored })
}

function emptyMap({ width, height }: Size): LabelMap {
  return { width, height, labels: new Uint8Array(width * height) }
}
