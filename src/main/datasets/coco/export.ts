import { z } from 'zod'
import type { MaskObject } from '../../../shared/raster/maskObjects'
import type { Size } from '../../../shared/raster/size'
import { defineExport, type ExportPhoto } from '../exporting/defineExport'
import { objectOptions } from '../exporting/objectOptions'
import { PhotoObjects } from '../exporting/photoObjects'
import { cocoHead, FIRST_ID } from './cocoParts'
import { writeCocoFile } from './writeCocoFile'

/** `instances.json`: one annotation an object, its mask as compressed runs, which alone can say holes. */
export default defineExport({
  id: 'coco',
  title: 'COCO instances',
  text: 'One JSON with a box, an area and compressed runs for every object. Holes are kept; void becomes background.',
  contents: 'masks',
  options: z.object(objectOptions),
  write: async ({ classes, photos, options }, folder, work) => {
    const objects = new PhotoObjects(work, options, false)
    let id = FIRST_ID
    const content = {
      ...{ head: cocoHead(classes, photos), photos },
      make: (photo: ExportPhoto) => objects.of(photo),
      annotations: (found: readonly MaskObject[], place: number) =>
        found.map(object => annotationOf(object, id++, place + FIRST_ID, photos[place]!)),
    }
    await writeCocoFile('instances.json', content, folder, work)
    return objects.notes()
  },
})

function annotationOf({ label, area, box, counts }: MaskObject, id: number, image: number, { width, height }: Size) {
  return {
    id,
    image_id: image,
    category_id: label,
    segmentation: { size: [height, width], counts },
    area,
    bbox: box,
    iscrowd: 0,
  }
}
