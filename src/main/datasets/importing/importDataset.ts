import type { ImportedPhoto, ImportReport, ImportTarget, SkippedFile } from '../../../shared/contract/import'
import { WorkbenchError } from '../../../shared/errors'
import { chooseClasses } from './chooseClasses'
import type { NamedLabels } from './defineFormat'
import { importSource } from './importSource'
import type { SourceOptions } from './importSource'
import { findFormat } from '../index'
import { namesInMask } from './importMask'
import type { ImportedMask } from './importMask'
import { maskLookup } from './maskLookup'
import type { MaskLookup } from './maskLookup'
import { mergeDuplicates } from './mergeDuplicates'
import { maskNotes, photoNotes } from './importNotes'
import { readPhotos } from './readPhotos'
import type { ImportProgress, ReadPhoto } from './readPhotos'
import { stageBlobs } from './stagedBlobs'

export interface ImportOptions extends SourceOptions {
  readonly project: ImportTarget
  /** Id of a format: voc, csv, folder, cls-labels. */
  readonly format: string
  readonly signal?: AbortSignal
  readonly progress?: (progress: ImportProgress) => void
}

/**
 * Brings a dataset into a project. Files that cannot be used are listed and the rest is imported, in one transaction:
 * an import that fails or is cancelled leaves nothing. Run twice it changes nothing.
 */
export async function importDataset(options: ImportOptions): Promise<ImportReport> {
  const { project, signal } = options
  const source = importSource(options)
  const draft = await findFormat(options.format).read(source, signal)
  if (draft.photos.length === 0) throw nothingImported(draft.skipped)
  const { classes, notes } = chooseClasses(project.imports.classes(), source.classes, draft)
  const lookup = maskLookup(classes, draft.maskNames)
  await using blobs = await stageBlobs(project.blobFolder)
  const known = project.imports.known()
  const { read, skipped } = await readPhotos(draft.photos, known, lookup, blobs, options)
  const merged = await mergeDuplicates(read, known)
  const photos = merged.photos.map(photo => importedPhoto(photo, classes, lookup, options.format))
  if (photos.length === 0) throw nothingImported([...draft.skipped, ...skipped, ...merged.skipped])
  signal?.throwIfAborted()
  await blobs.keep()
  const counts = project.imports.store(classes, photos)
  return {
    ...counts,
    classes,
    splits: countBy(photos.map(({ split }) => split)),
    withoutLabels: photos.filter(({ present }) => present.length === 0).length,
    masks: photos.filter(({ truth }) => truth !== undefined).length,
    skipped: [...draft.skipped, ...skipped, ...merged.photos.flatMap(photo => photo.skipped), ...merged.skipped],
    notes: [
      ...draft.notes,
      ...notes,
      ...photoNotes(merged.photos),
      ...maskNotes(merged.photos, draft, lookup, classes),
    ],
  }
}

function importedPhoto(
  photo: ReadPhoto,
  classes: readonly string[],
  lookup: MaskLookup,
  format: string,
): ImportedPhoto {
  const { draft, mask, annotation } = photo
  const { width, height, bytes, mtimeMs, sha256 } = photo.file
  const labels = draft.labels === 'from-mask' ? namesOfMask(mask, lookup) : draft.labels
  const places = (names: readonly string[]) =>
    [...new Set(names.map(name => classes.indexOf(name)).filter(place => place >= 0))].sort((a, b) => a - b)
  return {
    ...{ width, height, bytes, mtimeMs, sha256 },
    stem: draft.stem,
    path: draft.path,
    split: draft.split,
    present: places(labels.present),
    unknown: places(labels.unknown),
    ...(labels.unlabelled ? { unlabelled: true } : {}),
    ...(mask === undefined ? {} : { truth: mask.truth }),
    ...(annotation === undefined ? {} : { annotation: { format, blob: annotation } }),
  }
}

function namesOfMask(mask: ImportedMask | undefined, lookup: MaskLookup): NamedLabels {
  return { present: mask === undefined ? [] : namesInMask(mask.counts, lookup), unknown: [] }
}

function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

function nothingImported(skipped: readonly SkippedFile[]): WorkbenchError {
  const [first] = skipped
  if (first === undefined) return new WorkbenchError('BAD_INPUT', 'No photo could be imported: the source names none.')
  const reason = first.reason.replace(/\.$/, '')
  const named = reason.startsWith(first.file) ? reason : `${first.file}: ${reason}`
  const leftOut = `${skipped.length} ${skipped.length === 1 ? 'was' : 'were'} left out`
  return new WorkbenchError('BAD_INPUT', `No photo could be imported; ${leftOut}, for instance ${named}.`)
}
