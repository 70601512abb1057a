import { z } from 'zod'
import type { MaskObject } from '../../../shared/raster/maskObjects'
import { BACKGROUND, cocoHead, FIRST_ID } from '../coco/cocoParts'
import { writeCocoFile } from '../coco/writeCocoFile'
import { defineExport, type ExportPhoto } from '../exporting/defineExport'
import { Losses, mapOf } from '../exporting/losses'
import { objectOptions } from '../exporting/objectOptions'

const FOLDER = 'panoptic'

const panopticExportOptions = z.object({
  ...objectOptions,
  background: z
    .enum(['void', 'category'])
    .default('void')
    .meta({ main: true })
    .describe(
      `void: both are 0, and nobody is scored on the background; category: it is stuff of the category “${BACKGROUND}”.`,
    ),
})

/** `panoptic.json` and `panoptic/<stem>.png`, whose colours are the ids of segments. */
export default defineExport({
  id: 'coco-panoptic',
  title: 'COCO panoptic',
  text: 'A picture of segment ids a photo and one JSON that says what they are. Void is 0, and so is the background unless it is made a category.',
  contents: 'masks',
  options: panopticExportOptions,
  write: async ({ classes, photos, options }, folder, work) => {
    const losses = new Losses()
    const background = options.background === 'category' ? classes.length + FIRST_ID : undefined
    const categories = [...classes.map(name => ({ name, isThing: options.objects === 'part' })), ...stuffOf(background)]
    const content = {
      ...{ head: cocoHead(categories, photos), photos },
      make: async (photo: ExportPhoto) => {
        const input = { ...mapOf(photo), rules: options, background }
        const found = await folder.writeSaying(`${FOLDER}/${photo.stem}.png`, async () => {
          const { png, ...said } = await work.pool.run('panopticMap', input, work.signal)
          return { content: png, said }
        })
        losses.add(found)
        return found.segments
      },
      annotations: (segments: readonly MaskObject[], place: number) => [
        annotationOf(segments, place + FIRST_ID, `${photos[place]!.stem}.png`),
      ],
    }
    await writeCocoFile('panoptic.json', content, folder, work)
    return losses.notes(options)
  },
})

function stuffOf(background: number | undefined) {
  return background === undefined ? [] : [{ name: BACKGROUND, isThing: false }]
}

function annotationOf(segments: readonly MaskObject[], image: number, file: string) {
  return {
    image_id: image,
    file_name: file,
    segments_info: segments.map(({ id, label, area, box }) => ({
      id,
      category_id: label,
      area,
      bbox: box,
      iscrowd: 0,
    })),
  }
}
