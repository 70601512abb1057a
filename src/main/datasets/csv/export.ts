import { z } from 'zod'
import { csvText } from '../../../shared/tables/textTable'
import { defineExport, type ExportPhoto } from '../exporting/defineExport'

const csvExportOptions = z.object({
  form: z
    .enum(['wide', 'long', 'delimited'])
    .default('wide')
    .meta({ main: true })
    .describe(
      'wide: a column a class with 1, 0 or empty for unknown; long: a row a label; delimited: a;b in one cell.',
    ),
})

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
    const lost = options.form === 'wide' ? [] : lostUnknowns(unknown)
    return options.form === 'long' && none > 0 ? [...lost, `${none} photos without a class have no row.`] : lost
  },
})

function lostUnknowns(photos: number): readonly string[] {
  return photos === 0 ? [] : [`In ${photos} photos a class is unknown, which this form cannot say: it is left out.`]
}

function wideRows(classes: readonly string[], photos: readonly ExportPhoto[]) {
  const cells = ({ fileName, present, unknown }: ExportPhoto) => [
    fileName,
    ...classes.map((_, place) => (present.includes(place) ? 1 : unknown.includes(place) ? null : 0)),
  ]
  return [['image', ...classes], ...photos.map(cells)]
}

function longRows(classes: readonly string[], photos: readonly ExportPhoto[]) {
  const rows = photos.flatMap(({ fileName, present }) => present.map(place => [fileName, classes[place]!]))
  return [['image', 'label'], ...rows]
}

function delimitedRows(classes: readonly string[], photos: readonly ExportPhoto[]) {
  const names = ({ present }: ExportPhoto) => present.map(place => classes[place]!).join(';')
  return [['image', 'labels'], ...photos.map(photo => [photo.fileName, names(photo)])]
}
