import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { defineExport } from '../exporting/defineExport'

const vocExportOptions = z.object({
  lists: z
    .boolean()
    .default(true)
    .meta({ main: true })
    .describe('ImageSets/Segmentation/<split>.txt for every split: what training scripts go by.'),
})

/**
 * `SegmentationClass/<stem>.png` and `labels.txt` (background first, then a class a line: the line is the value). The
 * stored label maps are already what VOC wants, so they are copied byte for byte.
 */
export default defineExport({
  id: 'voc',
  title: 'PASCAL VOC',
  text: 'Indexed PNG in VOC’s colours, 255 is void: read by nearly every training script.',
  contents: 'masks',
  options: vocExportOptions,
  write: async ({ classes, photos, options }, folder, work) => {
    await folder.write('labels.txt', () => ['background', ...classes, ''].join('\n'))
    if (options.lists)
      for (const [split, stems] of stemsBySplit(photos))
        await folder.write(`ImageSets/Segmentation/${split}.txt`, () => [...stems, ''].join('\n'))
    await work.forEachPhoto(photos, ({ stem, blob }) =>
      folder.write(`SegmentationClass/${stem}.png`, () => readFile(blob)),
    )
    return []
  },
})

function stemsBySplit(photos: readonly { readonly stem: string; readonly split: string }[]) {
  const stems = new Map<string, string[]>()
  for (const { stem, split } of photos) stems.set(split, [...(stems.get(split) ?? []), stem])
  return stems
}
