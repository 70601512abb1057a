import { z } from 'zod'
import { IGNORED, NOTHING } from '../../annotations/labelme/labelmeSchema'
import { defineExport } from '../exporting/defineExport'
import { Losses, mapOf } from '../exporting/losses'
import { objectOptions } from '../exporting/objectOptions'
import { voidOption } from '../exporting/voidOption'

const labelmeExportOptions = z.object({
  ...objectOptions,
  shapes: z
    .enum(['polygon', 'mask'])
    .default('polygon')
    .meta({ main: true })
    .describe('polygon: outlines that can be edited, and masks for what has holes; mask: pictures of all.'),
  ...voidOption,
})

/**
 * `<stem>.json` for every photo, without the photo in it. Void is shapes called `__ignore__`, which labelme's own
 * converters turn into 255 by the order of `labels.txt` (labelme/cli/export_json.py@v5.5.0: the first is −1).
 */
export default defineExport({
  id: 'labelme',
  title: 'labelme',
  text: 'A JSON a photo, to lie beside it. What has holes is written as a mask, void as shapes called __ignore__. Photos that came from labelme keep its keys, and shapes that nobody changed.',
  contents: 'masks',
  options: labelmeExportOptions,
  write: async ({ classes, photos, options }, folder, work) => {
    await folder.write('labels.txt', () => [IGNORED, NOTHING, ...classes, ''].join('\n'))
    const losses = new Losses()
    await work.forEachPhoto(photos, async photo => {
      const { fileName, stem, annotation } = photo
      const source = annotation?.format === 'labelme' ? annotation.path : undefined
      const input = { ...mapOf(photo), rules: options, withVoid: options.void === 'keep', classes, fileName, source }
      const lost = await folder.writeSaying(`${stem}.json`, async () => {
        const { text, ...said } = await work.pool.run('labelmeFile', input, work.signal)
        return { content: text, said }
      })
      losses.add(lost)
    })
    return losses.notes(options)
  },
})
