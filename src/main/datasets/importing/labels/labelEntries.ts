import type { SkippedFile } from '../../../../shared/contract/import'
import type { NamedLabels } from '../defineFormat'
import type { PhotoFile } from '../photoFiles'

export interface PhotoLabels extends NamedLabels {
  /** Where the labels' file assigns photos to splits itself. */
  readonly split?: string
}

/** What a labels' file or folder says about photos. */
export interface LabelEntries {
  /** By the photo's path. */
  readonly byPhoto: ReadonlyMap<string, PhotoLabels>
  /** Classes in the order of the source; left out when it has none of its own. */
  readonly ordered?: readonly string[]
  readonly skipped: readonly SkippedFile[]
  readonly notes: readonly string[]
}

/** Adds what another line says of the same photo: both hold. */
export function addLabels(byPhoto: Map<string, PhotoLabels>, photo: PhotoFile, labels: PhotoLabels): void {
  const before = byPhoto.get(photo.path)
  if (!before || before.unlabelled) {
    byPhoto.set(photo.path, labels)
    return
  }
  if (labels.unlabelled) return
  const present = [...new Set([...before.present, ...labels.present])]
  const unknown = [...new Set([...before.unknown, ...labels.unknown])].filter(name => !present.includes(name))
  byPhoto.set(photo.path, { ...before, ...labels, present, unknown })
}

/** The one photo that `found` holds, or why there is none. */
export function theOne(found: readonly PhotoFile[], name: string): PhotoFile | string {
  const [photo] = found
  if (photo === undefined) return `there is no photo called ${name}`
  if (found.length === 1) return photo
  return `${name} may be any of ${found.length} photos: ${found.map(({ name }) => name).join(', ')}`
}
