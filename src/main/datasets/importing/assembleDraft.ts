import type { SkippedFile } from '../../../shared/contract/import'
import { orderClasses } from './orderClasses'
import type { DatasetDraft, DraftPhoto, DrawnMask, NamedLabels } from './defineFormat'
import type { LabelEntries } from './labels/labelEntries'
import type { PhotoFile } from './photoFiles'
import { DEFAULT_SPLIT } from './splits'

/** What a reader found, put together. */
export interface Findings {
  readonly photos: readonly { readonly photo: PhotoFile; readonly split?: string }[]
  readonly labels: LabelEntries | 'from-mask'
  /** What sentences call the labels' file. */
  readonly labelsName: string
  /** By stem; left out when there are none to look for. */
  readonly masks?: ReadonlyMap<string, string | DrawnMask>
  readonly maskNames?: readonly string[]
  readonly skipped: readonly SkippedFile[]
  readonly notes: readonly string[]
}

/** Joins photos with their labels and masks. A photo of which the labels say nothing is left out: it is not "no class". */
export function assembleDraft(found: Findings): DatasetDraft {
  const entries = found.labels === 'from-mask' ? undefined : found.labels
  const skipped = [...found.skipped, ...(entries?.skipped ?? [])]
  const told = new Set(skipped.filter(({ what }) => what === 'photo').map(({ file }) => file))
  const photos: DraftPhoto[] = []
  for (const { photo, split } of found.photos) {
    const labels = entries?.byPhoto.get(photo.path)
    const mask = found.masks?.get(photo.stem)
    if (entries && !labels) {
      if (!told.has(photo.path))
        skipped.push({ what: 'photo', file: photo.path, reason: `it has no row in ${found.labelsName}` })
    } else if (!entries && !mask) {
      skipped.push({ what: 'photo', file: photo.path, reason: 'it has no mask to take labels from' })
    } else {
      if (found.masks && !mask) skipped.push({ what: 'mask', file: photo.path, reason: 'it has no mask' })
      photos.push({
        path: photo.path,
        stem: photo.stem,
        split: split ?? labels?.split ?? DEFAULT_SPLIT,
        labels: labels ? namedLabels(labels) : 'from-mask',
        ...(mask === undefined ? {} : { mask }),
      })
    }
  }
  const named = photos.flatMap(({ labels }) => (labels === 'from-mask' ? [] : [...labels.present, ...labels.unknown]))
  return {
    photos,
    classes: entries?.ordered ?? orderClasses(named, found.maskNames),
    ...(found.maskNames ? { maskNames: found.maskNames } : {}),
    skipped,
    notes: [...found.notes, ...(entries?.notes ?? [])],
  }
}

function namedLabels({ present, unknown, unlabelled }: NamedLabels): NamedLabels {
  return { present, unknown, ...(unlabelled ? { unlabelled } : {}) }
}
