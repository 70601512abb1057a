import { withPersonsPixels } from '../../../shared/raster/withPersonsPixels'
import { readLabelMap } from '../../artifacts/labelMaps'
import { checkSameSize } from './sameSize'
import { storeLabels, type StoredLabels } from './storeLabels'

export interface PersonsPixelsInput {
  /** Paths of the new mask, of the corrected one, and of what that began as. */
  readonly made: string
  readonly corrected: string
  readonly before: string
  readonly classes: number
  /** What sentences call the photo. */
  readonly stem: string
  readonly blobFolder: string
}

/** Stores a photo's new mask with a person's corrections laid over it. */
export async function personsPixels({ made, corrected, before, ...stored }: PersonsPixelsInput): Promise<StoredLabels> {
  const [newest, persons, first] = await Promise.all([made, corrected, before].map(readLabelMap))
  checkSameSize(made, newest!, corrected, persons!)
  checkSameSize(made, newest!, before, first!)
  const { labels } = withPersonsPixels(newest!.labels, persons!.labels, first!.labels)
  return storeLabels({ labels, width: newest!.width, height: newest!.height, ...stored })
}
