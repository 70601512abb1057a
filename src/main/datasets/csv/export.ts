import { z } from 'zod'
import { WorkbenchError } from '../../../shared/errors'
import { csvText } from '../../../shared/tables/textTable'
import { defineExport, type ExportPhoto } from '../exporting/defineExport'

/** What pandas and R read as missing, and our import as unknown; an empty cell of a one-hot table is a 0. */
const UNKNOWN = 'NA'

const csvExportOptions = z.object({
  form: z
    .enum(['wide', 'long', 'delimited'])
    .default('wide')
    .meta({ main: true })
    .describe('wide: a column a class with 1, 0, or NA for unknown; long: a row a label; delimited: a;b in one cell.'),
})

const SEVERAL =
  'A class has a comma, a semicolon or a bar in its name: readers of lists, ours among them, take it for several. The wide form keeps it.'

/** `labels.csv`: which classes are in which photo. UTF-8 with its mark, or spreadsheets read it as something else. */
export default defineExport({
  id: 'csv',
  title: 'Table of labels (CSV)',
  text: 'Which classes are in which photo, as corrected here. Only the wide form can say that a class is unknown.',
  contents: 'labels',
  options: csvExportOptions,
  write: async ({ classes, photos, options }, folder) => {
    const rows = { wide: wideRows, long: longRows, delimited: delimitedRows }[options.form](classes, photos)
    await folder.write('labels.csv', () => csvText(rows))
    const unknown = photos.filter(photo => photo.unknown.length > 0).length
    const none = photos.filter(photo => photo.present.length === 0).length
    if (options.form === 'wide') return []
    return [
      ...(unknown === 0
        ? []
        : [`In ${unknown} photos a class is unknown, which this form cannot say: it is left out.`]),
      ...(classes.some(name => /[,;|]/.test(name)) ? [SEVERAL] : []),
      ...(options.form === 'long' && none > 0 ? [`${none} photos without a class have no row.`] : []),
      ...(options.form === 'delimited' && none > 0
        ? [`${none} photos without a class have an empty cell, which an import takes for nothing said of them.`]
        : []),
    ]
  },
})

function wideRows(classes: readonly string[], photos: readonly ExportPhoto[]) {
  const cells = ({ fileName, present, unknown }: ExportPhoto) => [
    fileName,
    ...classes.map((_, place) => (present.includes(place) ? 1 : unknown.includes(place) ? UNKNOWN : 0)),
  ]
  return [['image', ...classes], ...photos.map(cells)]
}

function longRows(classes: readonly string[], photos: readonly ExportPhoto[]) {
  const rows = photos.flatMap(({ fileName, present }) => present.map(place => [fileName, classes[place]!]))
  return [['image', 'label'], ...rows]
}

function delimitedRows(classes: readonly string[], photos: readonly ExportPhoto[]) {
  const parted = classes.find(name => name.includes(';'))
  if (parted !== undefined)
    throw new WorkbenchError(
      'BAD_INPUT',
      `The class "${parted}" has a semicolon, which parts names in a cell: choose the wide or the long form.`,
    )
  const names = ({ present }: ExportPhoto) => present.map(place => classes[place]!).join(';')
  return [['image', 'labels'], ...photos.map(photo => [photo.fileName, names(photo)])]
}
