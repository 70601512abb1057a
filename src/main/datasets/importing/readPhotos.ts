import { dirname } from 'node:path'
import type { KnownPhoto, SkippedFile } from '../../../shared/contract/import'
import { isCancellation, toErrorData, WorkbenchError } from '../../../shared/errors'
import type { DraftPhoto } from './defineFormat'
import { importMask, maskName } from './importMask'
import type { ImportedMask } from './importMask'
import { inspectPhoto, isThere } from './inspectPhoto'
import type { InspectedPhoto } from './inspectPhoto'
import { mapConcurrent } from '../mapConcurrent'
import type { MaskLookup } from './maskLookup'
import type { StagedBlobs } from './stagedBlobs'

export interface ImportProgress {
  readonly done: number
  readonly total: number
  readonly unit: 'photos'
  readonly stage: string
}

const PHOTOS_AT_ONCE = 16

/** A photo with what was read of its files. */
export interface ReadPhoto {
  readonly draft: DraftPhoto
  readonly file: InspectedPhoto
  readonly mask?: ImportedMask
  /** Blob of what the source says of it, word for word. */
  readonly annotation?: string
  readonly skipped: readonly SkippedFile[]
}

export interface ReadPhotos {
  readonly read: readonly ReadPhoto[]
  readonly skipped: readonly SkippedFile[]
}

/**
 * Opens every photo and mask; those that cannot be read are put aside with the reason.
 * @throws FILE_UNREADABLE where the folder of a photo is gone: half of a dataset is not what a person asked for
 */
export async function readPhotos(
  drafts: readonly DraftPhoto[],
  known: ReadonlyMap<string, KnownPhoto>,
  lookup: MaskLookup,
  blobs: StagedBlobs,
  options: { readonly signal?: AbortSignal; readonly progress?: (progress: ImportProgress) => void },
): Promise<ReadPhotos> {
  const total = drafts.length
  let done = 0
  const readOne = async (draft: DraftPhoto) => {
    const result = await readPhoto(draft, known.get(draft.stem), lookup, blobs)
    options.progress?.({ done: ++done, total, unit: 'photos', stage: 'reading photos and masks' })
    return result
  }
  const results = await mapConcurrent(drafts, PHOTOS_AT_ONCE, readOne, options.signal)
  // libvips keeps one error text for all threads: only a failure that is alone in it names its own reason.
  for (const [index, result] of results.entries()) {
    if (!isSkipped(result)) continue
    const draft = drafts[index]!
    await assertFolderIsThere(dirname(draft.path))
    results[index] = await readPhoto(draft, undefined, lookup, blobs)
  }
  return {
    read: results.flatMap(result => (isSkipped(result) ? [] : [result])),
    skipped: results.filter(isSkipped),
  }
}

/** The photos were found in it a moment ago. */
async function assertFolderIsThere(folder: string): Promise<void> {
  if (await isThere(folder)) return
  throw new WorkbenchError(
    'FILE_UNREADABLE',
    `The folder ${folder} went away while its photos were read: it was moved, renamed or removed, or its disk is not ` +
      'connected any more. Nothing was imported: put it back, then import again.',
  )
}

function isSkipped(result: ReadPhoto | SkippedFile): result is SkippedFile {
  return 'reason' in result
}

async function readPhoto(
  draft: DraftPhoto,
  known: KnownPhoto | undefined,
  lookup: MaskLookup,
  blobs: StagedBlobs,
): Promise<ReadPhoto | SkippedFile> {
  try {
    const file = await inspectPhoto(draft.path, known)
    if (draft.mask === undefined) return { draft, file, skipped: [] }
    const mask = await orReason(importMask(draft.mask, file, lookup, blobs))
    if (typeof mask !== 'string') return { draft, file, mask, ...(await keptAnnotation(draft, blobs)), skipped: [] }
    const reason: SkippedFile = { what: 'mask', file: maskName(draft.mask), reason: mask }
    return draft.labels === 'from-mask' ? { ...reason, what: 'photo' } : { draft, file, skipped: [reason] }
  } catch (cause) {
    return { what: 'photo', file: draft.path, reason: reasonOf(cause) }
  }
}

async function keptAnnotation({ annotation }: DraftPhoto, blobs: StagedBlobs) {
  if (annotation === undefined) return {}
  return { annotation: await blobs.write(Buffer.from(await annotation()), 'json') }
}

async function orReason<Value>(work: Promise<Value>): Promise<Value | string> {
  try {
    return await work
  } catch (cause) {
    return reasonOf(cause)
  }
}

/** What is wrong with a file, in a sentence. What is wrong with us or the disk ends the import instead. */
function reasonOf(cause: unknown): string {
  const { code, message } = toErrorData(cause)
  if (isCancellation(cause) || code === 'INTERNAL' || code === 'DISK_FULL') throw cause
  return message
}
