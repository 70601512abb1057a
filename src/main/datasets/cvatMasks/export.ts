import { z } from 'zod'
import { VOID, vocPalette } from '../../../shared/raster/palette'
import { defineExport } from '../exporting/defineExport'
import { Losses, mapOf } from '../exporting/losses'
import { OrderedPieces } from '../exporting/orderedPieces'
import { ZipWriter } from '../exporting/zipWriter'
import { IGNORED } from '../importing/labelMap'

const cvatExportOptions = z.object({
  void: z
    .enum(['background', 'label'])
    .default('background')
    .meta({ main: true })
    .describe(
      `label: void is the label “${IGNORED}”, which the task in CVAT must have, too; else it becomes background.`,
    ),
})

/** `masks.zip`: labelmap.txt, the list of photos and a picture in the label map's colours each, as CVAT imports it. */
export default defineExport({
  id: 'cvat-masks',
  title: 'CVAT segmentation masks',
  text: 'A zip that CVAT imports as “Segmentation mask 1.1”, by colours; its labels must exist there. Void can be one of them.',
  contents: 'masks',
  options: cvatExportOptions,
  write: async ({ classes, photos, options }, folder, work) => {
    const losses = new Losses()
    const withVoid = options.void === 'label'
    await folder.writeInPieces('masks.zip', async add => {
      const zip = new ZipWriter(add)
      await zip.member('labelmap.txt', Buffer.from(labelMap(classes, withVoid)))
      const list = photos.map(({ stem }) => `${stem}\n`).join('')
      await zip.member('ImageSets/Segmentation/default.txt', Buffer.from(list))
      const pieces = new OrderedPieces<Uint8Array>((picture, place) =>
        zip.member(`SegmentationClass/${photos[place]!.stem}.png`, picture),
      )
      await work.forEachPhoto(photos, async (photo, place) => {
        const { picture, ...lost } = await folder.keep(photo.stem, async () => {
          const { png, ...said } = await work.pool.run('colouredMap', { ...mapOf(photo), withVoid }, work.signal)
          return { picture: Buffer.from(png).toString('base64'), ...said }
        })
        losses.add(lost)
        await pieces.add(place, Buffer.from(picture, 'base64'))
      })
      await zip.end()
    })
    return losses.notes()
  },
})

/** `name:R,G,B:parts:actions`, the background first. A colon would part a name. */
function labelMap(classes: readonly string[], withVoid: boolean): string {
  const palette = vocPalette()
  const line = (name: string, label: number) =>
    `${name.replaceAll(':', ' ')}:${[...palette.subarray(label * 3, label * 3 + 3)].join(',')}::`
  const lines = [...['background', ...classes].map(line), ...(withVoid ? [line(IGNORED, VOID)] : [])]
  return `# label:color_rgb:parts:actions\n${lines.join('\n')}\n`
}
