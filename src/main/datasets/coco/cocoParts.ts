import { program } from '../../../shared/program'
import type { ExportPhoto } from '../exporting/defineExport'

/** Images and categories are counted from 1, in the order of the photos and of the project's classes. */
export const FIRST_ID = 1

/** The members that every COCO file begins with, without the braces around all. */
export function cocoHead(classes: readonly string[], photos: readonly ExportPhoto[], thing?: boolean): string {
  const info = { description: `Exported by ${program.name} ${program.version}`, version: '1.0' }
  const categories = classes.map((name, place) => ({
    id: place + FIRST_ID,
    name,
    supercategory: '',
    ...(thing === undefined ? {} : { isthing: thing ? 1 : 0 }),
  }))
  const images = photos.map(({ fileName, width, height }, place) =>
    JSON.stringify({ id: place + FIRST_ID, file_name: fileName, width, height }),
  )
  return [
    `"info":${JSON.stringify(info)}`,
    '"licenses":[]',
    `"categories":${JSON.stringify(categories)}`,
    `"images":[${images.map(image => `\n${image}`).join(',')}]`,
  ].join(',\n')
}
