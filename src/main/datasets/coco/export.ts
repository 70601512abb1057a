import { z } from 'zod'
import type { MaskObject } from '../../../shared/raster/maskObjects'
import type { Size } from '../../../shared/raster/size'
import { defineExport } from '../defineExport'
import { mapOf, objectOptions, smallNote } from '../objectOptions'
import { OrderedPieces } from '../orderedPieces'
import { cocoHead, FIRST_ID } from './cocoParts'

/** `instances.json`: one annotation an object, its mask as compressed runs, which alone can say holes. */
export default defineExport({
  id: 'coco',
  title: 'COCO instances',
  text: 'One JSON with a box, an area and compressed runs for every object. Holes are kept; void becomes background.',
  contents: 'masks',
  options: z.object(objectOptions),
  write: async ({ classes, photos, options }, folder, work) => {
    let annotations = 0
    let leftOut = 0
    await folder.writeInPieces('instances.json', async add => {
      await add(`{${cocoHead(classes, photos)},\n"annotations":[`)
      const pieces = new OrderedPieces<readonly MaskObject[]>(async (objects, place) => {
        for (const object of objects) {
          const line = JSON.stringify(annotationOf(object, ++annotations, place + FIRST_ID, photos[place]!))
          await add(annotations === 1 ? `\n${line}` : `,\n${line}`)
        }
      })
      await work.forEachPhoto(photos, async (photo, place) => {
        const input = { ...mapOf(photo), rules: options, outlines: false }
        const found = await work.pool.run('maskObjects', input, work.signal)
        leftOut += found.leftOut
        await pieces.add(place, found.objects)
      })
      await add(']}\n')
    })
    return smallNote(leftOut, options)
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
