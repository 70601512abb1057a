import { z } from 'zod'
import type { PanopticSegment } from '../../pool/tasks/panopticMap'
import { defineExport } from '../defineExport'
import { mapOf, objectOptions, smallNote } from '../objectOptions'
import { OrderedPieces } from '../orderedPieces'
import { cocoHead, FIRST_ID } from './cocoParts'

const FOLDER = 'panoptic'

/** `panoptic.json` and `panoptic/<stem>.png`, whose colours are the ids of segments. */
export default defineExport({
  id: 'coco-panoptic',
  title: 'COCO panoptic',
  text: 'A picture of segment ids a photo and one JSON that says what they are. Background and void are both 0.',
  contents: 'masks',
  options: z.object(objectOptions),
  write: async ({ classes, photos, options }, folder, work) => {
    let leftOut = 0
    await folder.writeInPieces('panoptic.json', async add => {
      await add(`{${cocoHead(classes, photos, options.objects === 'part')},\n"annotations":[`)
      const pieces = new OrderedPieces<readonly PanopticSegment[]>(async (segments, place) => {
        const line = JSON.stringify(annotationOf(segments, place + FIRST_ID, `${photos[place]!.stem}.png`))
        await add(place === 0 ? `\n${line}` : `,\n${line}`)
      })
      await work.forEachPhoto(photos, async (photo, place) => {
        const map = await work.pool.run('panopticMap', { ...mapOf(photo), rules: options }, work.signal)
        leftOut += map.leftOut
        await folder.write(`${FOLDER}/${photo.stem}.png`, () => map.png)
        await pieces.add(place, map.segments)
      })
      await add(']}\n')
    })
    return smallNote(leftOut, options)
  },
})

function annotationOf(segments: readonly PanopticSegment[], image: number, file: string) {
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
