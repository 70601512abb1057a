import { z } from 'zod'
import { WorkbenchError } from '../../../shared/errors'
import { encodeNpyDict } from '../../weights/npy'
import { defineExport } from '../exporting/defineExport'

const clsLabelsExportOptions = z.object({
  keys: z
    .enum(['str', 'int'])
    .default('str')
    .meta({ main: true })
    .describe('str: the photo’s name, as SFC and others read it; int: its digits as a number, as IRN reads it.'),
})

/** `cls_labels.npy`: a dictionary from photo to a vector of 0 and 1, and `classes.txt` with what its places mean. */
export default defineExport({
  id: 'cls-labels',
  title: 'cls_labels.npy',
  text: 'A NumPy dictionary from photo to a vector of 0 and 1, as IRN, SFC and their like read it.',
  contents: 'labels',
  options: clsLabelsExportOptions,
  write: async ({ classes, photos, options }, folder) => {
    const entries = photos.map(({ stem, present }) => {
      const data = Float32Array.from(classes, (_, place) => (present.includes(place) ? 1 : 0))
      return [options.keys === 'int' ? numberOf(stem) : stem, { dtype: 'F32', shape: [classes.length], data }] as const
    })
    const byKey = new Map<string | number, (typeof entries)[number][1]>(entries)
    if (byKey.size < entries.length)
      throw new WorkbenchError('BAD_INPUT', 'Two photos have the same digits: write the names as keys (keys=str).')
    await folder.write('cls_labels.npy', () => encodeNpyDict(byKey, { keyStyle: options.keys }))
    await folder.write('classes.txt', () => [...classes, ''].join('\n'))
    const unknown = photos.filter(photo => photo.unknown.length > 0).length
    return unknown === 0 ? [] : [`In ${unknown} photos a class is unknown, which this form cannot say: it is 0.`]
  },
})

/** `2007_000032` → 2007000032 (jiwoon-ahn/irn voc12/dataloader.py@a2ece00 `decode_int_filename`, the other way). */
function numberOf(stem: string): number {
  const digits = /^[\d_]+$/.test(stem) ? Number(stem.replaceAll('_', '')) : Number.NaN
  if (Number.isSafeInteger(digits)) return digits
  throw new WorkbenchError(
    'BAD_INPUT',
    `The photo "${stem}" is called by more than digits and _: write the names as keys (keys=str).`,
  )
}
