import { z } from 'zod'
import type { MaskObject } from '../../../shared/raster/maskObjects'
import { cocoHead, FIRST_ID } from '../coco/cocoParts'
import { writeCocoFile } from '../coco/writeCocoFile'
import { defineExport, type ExportPhoto } from '../exporting/defineExport'
import { Losses, mapOf } from '../exporting/losses'
import { objectOptions } from '../exporting/objectOptions'

const FOLDER = 'panoptic'

/** `panoptic.json` and `panoptic/<stem>.png`, whose colours are the ids of segments. */
export default defineExport({
  id: 'coco-panoptic',
  title: 'COCO panoptic',
  text: 'A picture of segment ids a photo and one JSON that says what they are. Background and void are both 0.',
  contents: 'masks',
  options: z.object(objectOptions),
  write: async ({ classes, photos, options }, folder, work) => {
    const losses = new Losses()
    const content = {
      ...{ head: cocoHead(classes, photos, options.objects === 'part'), photos },
      make: async (photo: ExportPhoto) => {
        const map = await work.pool.run('panopticMap', { ...mapOf(photo), rules: options }, work.signal)
        losses.add(map)
        await folder.write(`${FOLDER}/${photo.stem}.png`, () => map.png)
        return map.segments
      },
      annotations: (segments: readonly MaskObject[], place: number) => [
        annotationOf(segments, place + FIRST_ID, `${photos[place]!.stem}.png`),
      ],
    }
    await writeCocoFile('panoptic.json', content, folder, work)
    return losses.notes(options)
  },
})

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
