import { vocPalette } from '../../../shared/raster/palette'
import { defineExport } from '../exporting/defineExport'
import { noOptions } from '../exporting/noOptions'
import { mapOf } from '../exporting/photoObjects'
import { OrderedPieces } from '../exporting/orderedPieces'
import { ZipWriter } from '../exporting/zipWriter'

/** `masks.zip`: labelmap.txt, the list of photos and a picture in the label map's colours each, as CVAT imports it. */
export default defineExport({
  id: 'cvat-masks',
  title: 'CVAT segmentation masks',
  text: 'A zip that CVAT imports as “Segmentation mask 1.1”, by colours; its labels must exist there. Void becomes background.',
  contents: 'masks',
  options: noOptions,
  write: async ({ classes, photos }, folder, work) => {
    await folder.writeInPieces('masks.zip', async add => {
      const zip = new ZipWriter(add)
      await zip.member('labelmap.txt', Buffer.from(labelMap(classes)))
      const list = photos.map(({ stem }) => `${stem}\n`).join('')
      await zip.member('ImageSets/Segmentation/default.txt', Buffer.from(list))
      const pieces = new OrderedPieces<Uint8Array>((picture, place) =>
        zip.member(`SegmentationClass/${photos[place]!.stem}.png`, picture),
      )
      await work.forEachPhoto(photos, async (photo, place) =>
        pieces.add(place, await work.pool.run('colouredMap', mapOf(photo), work.signal)),
      )
      await zip.end()
    })
    return []
  },
})

/** `name:R,G,B:parts:actions`, the background first. A colon would part a name. */
function labelMap(classes: readonly string[]): string {
  const palette = vocPalette()
  const line = (name: string, label: number) =>
    `${name.replaceAll(':', ' ')}:${[...palette.subarray(label * 3, label * 3 + 3)].join(',')}::`
  return `# label:color_rgb:parts:actions\n${['background', ...classes].map(line).join('\n')}\n`
}
