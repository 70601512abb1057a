import { stringify } from 'yaml'
import { z } from 'zod'
import { defineExport } from '../exporting/defineExport'
import { Losses, mapOf } from '../exporting/losses'
import { objectOptions } from '../exporting/objectOptions'

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
    const losses = new Losses()
    let holes = 0
    await work.forEachPhoto(photos, async photo => {
      const input = { ...mapOf(photo), rules: options, bridge: options.holes === 'bridge' }
      const lost = await folder.writeSaying(`labels/${photo.split}/${photo.stem}.txt`, async () => {
        const { text, ...said } = await work.pool.run('yoloRows', input, work.signal)
        return { content: text, said }
      })
      losses.add(lost)
      holes += lost.holes
    })
    const filled = holes > 0 && options.holes === 'fill' ? [`${holes} holes are filled.`] : []
    const photosGo = `Photos stay where they are: put them into ${splits.map(split => `images/${split}`).join(', ')}.`
    return [...losses.notes(options), ...filled, photosGo]
  },
})

/** Names are quoted: YAML 1.1, which the others read, takes `no` for false (X-AnyLabeling#1425). */
function dataFile(classes: readonly string[], splits: readonly string[]): string {
  const images = Object.fromEntries(splits.map(split => [split, `images/${split}`]))
  const data = { path: '.', ...images, names: new Map(classes.entries()) }
  return stringify(data, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' })
}
