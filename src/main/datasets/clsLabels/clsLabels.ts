import { WorkbenchError } from '../../../shared/errors'
import type { LabelEntries, PhotoLabels } from '../importing/labels/labelEntries'
import type { PhotoFile } from '../importing/photoFiles'
import { vocClasses } from '../voc/vocClasses'
import { readNpyDict } from '../../weights/npy'
import type { NpyDict, NpyValue } from '../../weights/npy'
import { toFloat32 } from '../../../shared/tensors/tensors'

/**
 * Labels from `cls_labels.npy`: a dictionary from photo to a vector of 0 and 1, a place a class. IRN's keys are the
 * photo's digits as a number (2007_000032 → 2007000032), others' are its name.
 *
 * @param classes names the vector's places when it has as many; VOC's 20 need no names
 */
export async function clsLabels(
  path: string,
  photos: readonly PhotoFile[],
  classes: readonly string[] | undefined,
): Promise<LabelEntries> {
  const entries = await readNpyDict(path)
  const byPhoto = new Map<string, PhotoLabels>()
  let names: readonly string[] | undefined
  for (const photo of photos) {
    const value = find(entries, photo.stem)
    if (value === undefined) continue
    const vector = vectorOf(value, photo.stem, path)
    names ??= namesOf(vector.length, classes, path)
    if (vector.length !== names.length)
      throw new WorkbenchError(
        'BAD_INPUT',
        `${path} has ${vector.length} values for ${photo.stem}, ${names.length} before.`,
      )
    byPhoto.set(photo.path, { present: names.filter((_, place) => vector[place]! > 0), unknown: [] })
  }
  if (names === undefined)
    throw new WorkbenchError(
      'BAD_INPUT',
      `None of the ${entries.size} entries of ${path} belongs to one of the photos.`,
    )
  const unused = entries.size - byPhoto.size
  return {
    byPhoto,
    ordered: names,
    skipped: [],
    notes: unused > 0 ? [`${unused} entries of ${path} have no photo.`] : [],
  }
}

function find(entries: NpyDict, stem: string): NpyValue | undefined {
  const digits = /^[\d_]+$/.test(stem) ? Number(stem.replaceAll('_', '')) : undefined
  return entries.get(stem) ?? (digits === undefined ? undefined : entries.get(digits))
}

function vectorOf(value: NpyValue, stem: string, path: string): Float32Array {
  if (typeof value === 'object' && value !== null && value.shape.length === 1) return toFloat32(value)
  throw new WorkbenchError('BAD_INPUT', `${path} holds no vector of 0 and 1 for ${stem}.`)
}

function namesOf(length: number, classes: readonly string[] | undefined, path: string): readonly string[] {
  if (classes?.length === length) return classes
  if (length === vocClasses.length) return vocClasses
  throw new WorkbenchError(
    'BAD_INPUT',
    `${path} holds ${length} classes without names: list all of them with --classes, or in a classes.txt beside it.`,
  )
}
