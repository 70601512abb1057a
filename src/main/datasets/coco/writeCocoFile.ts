import type { ExportPhoto, ExportWork } from '../exporting/defineExport'
import type { ExportFolder } from '../exporting/exportFolder'
import { OrderedPieces } from '../exporting/orderedPieces'

interface CocoContent<Made> {
  /** The members before the annotations: `cocoHead`. */
  readonly head: string
  readonly photos: readonly ExportPhoto[]
  /** What a photo's annotations are made of; asked for several photos at once. */
  readonly make: (photo: ExportPhoto) => Promise<Made>
  /** Asked for in the photos' order. @param place the photo's */
  readonly annotations: (made: Made, place: number) => readonly object[]
}

/** Writes a COCO file photo by photo, an annotation a line: it is never held as a whole. */
export async function writeCocoFile<Made>(
  name: string,
  { head, photos, make, annotations }: CocoContent<Made>,
  folder: ExportFolder,
  work: ExportWork,
): Promise<void> {
  await folder.writeInPieces(name, async add => {
    await add(`{${head},\n"annotations":[`)
    let isFirst = true
    const pieces = new OrderedPieces<Made>(async (made, place) => {
      for (const annotation of annotations(made, place)) {
        await add(`${isFirst ? '' : ','}\n${JSON.stringify(annotation)}`)
        isFirst = false
      }
    })
    await work.forEachPhoto(photos, async (photo, place) => pieces.add(place, await make(photo)))
    await add(']}\n')
  })
}
