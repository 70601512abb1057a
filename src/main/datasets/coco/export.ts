import { z } from 'zod'
import type { Size } from '../../../shared/raster/size'
import type { CocoObject } from '../../pool/tasks/cocoObjects'
import { defineExport, type ExportPhoto } from '../exporting/defineExport'
import { Losses, mapOf } from '../exporting/losses'
import { objectOptions } from '../exporting/objectOptions'
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
    const losses = new Losses()
    const categories = classes.map(name => ({ name }))
    const head = cocoHead(categories, photos)
    let id = FIRST_ID
    const content = {
      ...{ head, photos },
      make: async (photo: ExportPhoto) => {
        const input = { ...mapOf(photo), rules: options }
        const found = await folder.keep(photo.stem, () => work.pool.run('cocoObjects', input, work.signal))
        losses.add(found)
        return found.objects
      },
      annotations: (objects: readonly CocoObject[], place: number) =>
        objects.map(object => annotationOf(object, id++, place + FIRST_ID, photos[place]!)),
    }
    await writeCocoFile('instances.json', content, folder, work)
    return losses.notes(options)
  },
})

function annotationOf({ label, area, box, counts }: CocoObject, id: number, image: number, { width, height }: Size) {
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
