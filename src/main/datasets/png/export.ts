import { z } from 'zod'
import { readLabelMap } from '../../artifacts/labelMaps'
import { encodeGreyPng } from '../../media/indexedPng'
import { VOID } from '../../../shared/raster/palette'
import { defineExport } from '../exporting/defineExport'

const pngExportOptions = z.object({
  void: z
    .enum(['keep', 'background'])
    .default('keep')
    .meta({ main: true })
    .describe('Void pixels stay 255, or become background (0) for programs that know no void.'),
})

/** `<stem>.png`, 8-bit grey: the value is the label, so that a viewer shows it all but black. */
export default defineExport({
  id: 'png',
  title: 'Plain PNG',
  text: 'Grey PNG whose values are the labels, without colours: a viewer shows it nearly black, and rightly so.',
  contents: 'masks',
  options: pngExportOptions,
  write: async ({ classes, photos, options }, folder, work) => {
    await folder.write('labels.txt', () => ['background', ...classes, ''].join('\n'))
    await work.forEachPhoto(photos, ({ stem, blob }) =>
      folder.write(`masks/${stem}.png`, async () => {
        const map = await readLabelMap(blob)
        const labels = options.void === 'keep' ? map.labels : map.labels.map(label => (label === VOID ? 0 : label))
        return encodeGreyPng(map, labels)
      }),
    )
    return []
  },
})
