import type { KnownPhoto, SkippedFile } from '../../../shared/contract/import'
import type { ReadPhoto } from './readPhotos'
import { isThere } from './inspectPhoto'

export interface MergedPhotos {
  readonly photos: readonly ReadPhoto[]
  readonly skipped: readonly SkippedFile[]
}

/**
 * Leaves one photo for every stem, because masks and exports are called by it. Copies of one photo (in two class
 * folders, say) become one photo with the labels of all; another photo of the same stem is left out.
 */
export async function mergeDuplicates(
  photos: readonly ReadPhoto[],
  known: ReadonlyMap<string, KnownPhoto>,
): Promise<MergedPhotos> {
  const byStem = new Map<string, ReadPhoto>()
  const skipped: SkippedFile[] = []
  for (const photo of photos) {
    const { stem, path } = photo.draft
    const first = byStem.get(stem)
    const before = known.get(stem)
    if (first && first.file.sha256 === photo.file.sha256) byStem.set(stem, merged(first, photo))
    else if (first) skipped.push(another(path, stem, first.draft.path))
    else if (before && (await isAnother(photo, before))) skipped.push(another(path, stem, before.path))
    else byStem.set(stem, photo)
  }
  return { photos: [...byStem.values()], skipped }
}

/** The known photo may have moved, or have been changed where it is; it is another one only if it is still there. */
async function isAnother({ draft, file }: ReadPhoto, known: KnownPhoto): Promise<boolean> {
  return known.path !== draft.path && known.sha256 !== file.sha256 && (await isThere(known.path))
}

function merged(first: ReadPhoto, copy: ReadPhoto): ReadPhoto {
  const [a, b] = [first.draft.labels, copy.draft.labels]
  if (a === 'from-mask' || b === 'from-mask') return first
  const present = [...a.present, ...b.present]
  const unknown = [...a.unknown, ...b.unknown].filter(name => !present.includes(name))
  const unlabelled = a.unlabelled && b.unlabelled ? { unlabelled: true as const } : {}
  return { ...first, draft: { ...first.draft, labels: { present, unknown, ...unlabelled } } }
}

function another(path: string, stem: string, other: string): SkippedFile {
  const reason = `its stem "${stem}" is that of another photo, ${other}: rename one of them`
  return { what: 'photo', file: path, reason }
}
