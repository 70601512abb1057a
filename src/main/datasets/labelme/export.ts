import { z } from 'zod'
import { decodeCocoCounts } from '../../../shared/raster/cocoCounts'
import { paintCocoRuns } from '../../../shared/raster/cocoRuns'
import { cornersOf } from '../../../shared/raster/contours'
import type { MaskObject } from '../../../shared/raster/maskObjects'
import { encodeGreyPng } from '../../media/indexedPng'
import { defineExport, type ExportPhoto } from '../exporting/defineExport'
import { objectOptions } from '../exporting/objectOptions'
import { PhotoObjects } from '../exporting/photoObjects'

/** The version of labelme whose files these are like. */
const VERSION = '5.5.0'

const labelmeExportOptions = z.object({
  ...objectOptions,
  shapes: z
    .enum(['polygon', 'mask'])
    .default('polygon')
    .meta({ main: true })
    .describe('polygon: outlines that can be edited, and masks for what has holes; mask: pictures of all.'),
})

/** `<stem>.json` for every photo, without the photo in it. */
export default defineExport({
  id: 'labelme',
  title: 'labelme',
  text: 'A JSON a photo, to lie beside it. What has holes is written as a mask; void becomes background.',
  contents: 'masks',
  options: labelmeExportOptions,
  write: async ({ classes, photos, options }, folder, work) => {
    await folder.write('labels.txt', () => ['__ignore__', '_background_', ...classes, ''].join('\n'))
    const objects = new PhotoObjects(work, options, true)
    await work.forEachPhoto(photos, async photo => {
      const found = await objects.of(photo)
      const shapes = () => found.map(object => shapeOf(object, classes, photo, options.shapes === 'mask'))
      await folder.write(`${photo.stem}.json`, () => `${JSON.stringify(fileOf(photo, shapes()), null, 2)}\n`)
    })
    return objects.notes()
  },
})

function fileOf({ fileName, width, height }: ExportPhoto, shapes: readonly object[]): object {
  return {
    ...{ version: VERSION, flags: {}, shapes, imagePath: fileName },
    ...{ imageData: null, imageHeight: height, imageWidth: width },
  }
}

function shapeOf(object: MaskObject, classes: readonly string[], photo: ExportPhoto, asMask: boolean): object {
  const { label, outer = [], holes = [], box } = object
  const common = { label: classes[label - 1]!, group_id: null, description: '', flags: {} }
  const [ring] = outer
  if (!asMask && ring !== undefined && outer.length === 1 && holes.length === 0)
    return { ...common, points: cornersOf(ring), shape_type: 'polygon', mask: null }
  const [x, y, width, height] = box
  // The second corner lies in the mask: labelme's boxes hold it (labelme/shape.py@v5.5.0).
  const points = [[x, y], [x + width - 1, y + height - 1]] // prettier-ignore
  return { ...common, points, shape_type: 'mask', mask: maskPicture(object, photo) }
}

/** The object's box as a picture of 0 and 255, in base64. */
function maskPicture({ counts, box: [x, y, width, height] }: MaskObject, photo: ExportPhoto): string {
  const whole = new Uint8Array(photo.width * photo.height)
  paintCocoRuns(whole, photo, decodeCocoCounts(counts), 255)
  const cut = new Uint8Array(width * height)
  for (let row = 0; row < height; row++) {
    const from = (y + row) * photo.width + x
    cut.set(whole.subarray(from, from + width), row * width)
  }
  return Buffer.from(encodeGreyPng({ width, height }, cut)).toString('base64')
}
