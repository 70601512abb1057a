import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SaxesParser } from 'saxes'
import type { DifficultRule, SkippedFile } from '../../../shared/contract/import'
import type { NamedLabels } from '../importing/defineFormat'
import type { LabelEntries, PhotoLabels } from '../importing/labels/labelEntries'
import { mapConcurrent } from '../mapConcurrent'
import type { PhotoFile } from '../importing/photoFiles'

export interface AnnotatedObject {
  readonly name: string
  readonly difficult: boolean
}

const FILES_AT_ONCE = 16

/** Labels from VOC's `Annotations/<stem>.xml`, one file a photo. */
export async function annotationLabels(
  folder: string,
  photos: readonly PhotoFile[],
  difficult: DifficultRule,
  signal?: AbortSignal,
): Promise<LabelEntries> {
  const byPhoto = new Map<string, PhotoLabels>()
  const skipped: SkippedFile[] = []
  let difficultOnly = 0
  await mapConcurrent(
    photos,
    FILES_AT_ONCE,
    async photo => {
      const file = join(folder, `${photo.stem}.xml`)
      try {
        const objects = parseAnnotation(await readFile(file, 'utf8'))
        byPhoto.set(photo.path, labelsOfObjects(objects, difficult))
        difficultOnly += difficultNames(objects).length
      } catch (cause) {
        const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
        const reason = missing ? `its annotation ${file} is missing` : `${file}: ${(cause as Error).message}`
        skipped.push({ what: 'photo', file: photo.path, reason })
      }
    },
    signal,
  )
  const notes =
    difficultOnly === 0 ? [] : [`${difficultOnly} classes stand in a photo only as difficult objects: ${difficult}.`]
  return { byPhoto, skipped, notes }
}

/**
 * The objects of an annotation. Only `annotation/object/name` counts: an object's parts (head, hand …) have names too.
 */
export function parseAnnotation(xml: string): readonly AnnotatedObject[] {
  const objects: AnnotatedObject[] = []
  const path: string[] = []
  let text = ''
  let name: string | undefined
  let difficult = false
  const parser = new SaxesParser()
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', tag => {
    path.push(tag.name)
    text = ''
    if (path.join('/') === 'annotation/object') [name, difficult] = [undefined, false]
  })
  parser.on('text', chunk => (text += chunk))
  parser.on('closetag', () => {
    const at = path.join('/')
    if (at === 'annotation/object/name') name = text.trim()
    if (at === 'annotation/object/difficult') difficult = text.trim() === '1'
    if (at === 'annotation/object') objects.push({ name: nameOrThrow(name), difficult })
    path.pop()
    text = ''
  })
  parser.write(xml).close()
  return objects
}

function nameOrThrow(name: string | undefined): string {
  if (name === undefined || name === '') throw new Error('an object has no name')
  return name
}

/** A class with one plain object is present; one with only difficult objects is what the rule says. */
export function labelsOfObjects(objects: readonly AnnotatedObject[], difficult: DifficultRule): NamedLabels {
  const plain = [...new Set(objects.filter(object => !object.difficult).map(({ name }) => name))]
  const only = difficultNames(objects)
  return {
    present: difficult === 'present' ? [...plain, ...only] : plain,
    unknown: difficult === 'unknown' ? only : [],
  }
}

function difficultNames(objects: readonly AnnotatedObject[]): readonly string[] {
  const plain = new Set(objects.filter(object => !object.difficult).map(({ name }) => name))
  return [...new Set(objects.map(({ name }) => name).filter(name => !plain.has(name)))]
}
