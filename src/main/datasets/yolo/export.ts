import { stringify } from 'yaml'
import { z } from 'zod'
import type { MaskObject } from '../../../shared/raster/maskObjects'
import type { Size } from '../../../shared/raster/size'
import { defineExport } from '../exporting/defineExport'
import { objectOptions } from '../exporting/objectOptions'
import { PhotoObjects } from '../exporting/photoObjects'
import { bridgeRings } from './bridgeRings'

/** Enough to tell corners of pixels apart in a photo of 30,000. */
const DECIMALS = 6

const yoloExportOptions = z.object({
  ...objectOptions,
  holes: z
    .enum(['bridge', 'fill'])
    .default('bridge')
    .meta({ main: true })
    .describe('A row is one line: bridge reaches holes by a line of no width, there and back; fill leaves them out.'),
})

/** `labels/<split>/<stem>.txt`, a row an object: class and corners in shares of the photo; `data.yaml` names the classes. */
export default defineExport({
  id: 'yolo',
  title: 'YOLO segmentation',
  text: 'A text file of outlines a photo and data.yaml. It knows no holes but by bridges; void becomes background.',
  contents: 'masks',
  options: yoloExportOptions,
  write: async ({ classes, photos, options }, folder, work) => {
    const splits = [...new Set(photos.map(({ split }) => split))].sort()
    await folder.write('data.yaml', () => dataFile(classes, splits))
    const objects = new PhotoObjects(work, options, true)
    let holes = 0
    await work.forEachPhoto(photos, async photo => {
      const found = await objects.of(photo)
      holes += found.reduce((sum, object) => sum + (object.holes?.length ?? 0), 0)
      const rows = () => found.map(object => rowOf(object, photo, options.holes === 'bridge')).join('')
      await folder.write(`labels/${photo.split}/${photo.stem}.txt`, rows)
    })
    const filled = holes > 0 && options.holes === 'fill' ? [`${holes} holes are filled.`] : []
    const photosGo = `Photos stay where they are: put them into ${splits.map(split => `images/${split}`).join(', ')}.`
    return [...objects.notes(), ...filled, photosGo]
  },
})

function rowOf({ label, outer = [], holes = [] }: MaskObject, { width, height }: Size, bridge: boolean): string {
  const corners = bridgeRings(bridge ? [...outer, ...holes] : outer)
  const shares = corners.flatMap(([x, y]) => [shareText(x / width), shareText(y / height)])
  return `${[label - 1, ...shares].join(' ')}\n`
}

function shareText(share: number): string {
  return String(Number(share.toFixed(DECIMALS)))
}

/** Names are quoted: YAML 1.1, which the others read, takes `no` for false (X-AnyLabeling#1425). */
function dataFile(classes: readonly string[], splits: readonly string[]): string {
  const images = Object.fromEntries(splits.map(split => [split, `images/${split}`]))
  const data = { path: '.', ...images, names: new Map(classes.entries()) }
  return stringify(data, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' })
}
