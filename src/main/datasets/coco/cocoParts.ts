import { program } from '../../../shared/program'
import type { ExportPhoto } from '../exporting/defineExport'

/** Images and categories are counted from 1, in the order of the photos and of the project's classes. */
export const FIRST_ID = 1

/** What a category of background is called. */
export const BACKGROUND = 'background'

export interface CocoCategory {
  readonly name: string
  /** Whether it is of things that can be counted; left out where a file does not tell things from stuff. */
  readonly isThing?: boolean
}

/** The members that every COCO file begins with, without the braces around all. */
export function cocoHead(kinds: readonly CocoCategory[], photos: readonly ExportPhoto[]): string {
  const info = { description: `Exported by ${program.name} ${program.version}`, version: '1.0' }
  const categories = kinds.map(({ name, isThing }, place) => ({
    id: place + FIRST_ID,
    name,
    supercategory: '',
    ...(isThing === undefined ? {} : { isthing: isThing ? 1 : 0 }),
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
