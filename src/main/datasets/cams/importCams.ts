import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeBlob } from '../../artifacts/blobStore'
import { decodeCamDictionary } from '../../artifacts/camDictionary'
import { encodeScoreMaps } from '../../artifacts/scoreMaps'
import type { Dataset, DatasetImage } from '../../../shared/contract/dataset'
import type { SkippedFile } from '../../../shared/contract/import'
import { isCancellation, toErrorData, WorkbenchError } from '../../../shared/errors'
import { mapConcurrent } from '../mapConcurrent'

export interface CamsImport {
  readonly dataset: Dataset
  /** Holds `<stem>.npy` for every photo. */
  readonly folder: string
  readonly blobFolder: string
  /** Names of the files' class indices; the project's own when left out. */
  readonly classes?: readonly string[]
  readonly signal?: AbortSignal
  readonly progress?: (progress: { done: number; total: number; unit: 'photos'; stage: string }) => void
}

export interface ImportedScores {
  readonly imageId: number
  readonly blob: string
}

export interface ImportedCams {
  readonly artifacts: readonly ImportedScores[]
  readonly skipped: readonly SkippedFile[]
}

const FILES_AT_ONCE = 8

/** Takes score maps that other programs made, for the photos of a dataset; files that cannot be used are listed. */
export async function importCams(options: CamsImport): Promise<ImportedCams> {
  const { images } = options.dataset
  let done = 0
  const results = await mapConcurrent(
    images,
    FILES_AT_ONCE,
    async image => {
      const result = await importOne(image, options)
      options.progress?.({ done: ++done, total: images.length, unit: 'photos', stage: 'reading score maps' })
      return result
    },
    options.signal,
  )
  const artifacts = results.flatMap(result => ('blob' in result ? [result] : []))
  const skipped = results.flatMap(result => ('blob' in result ? [] : [result]))
  if (artifacts.length === 0)
    throw new WorkbenchError(
      'BAD_INPUT',
      `${options.folder} has score maps for none of the ${images.length} photos (${skipped[0]?.reason ?? 'no photos'}).`,
    )
  return { artifacts, skipped }
}

async function importOne(image: DatasetImage, options: CamsImport): Promise<ImportedScores | SkippedFile> {
  const file = join(options.folder, `${image.stem}.npy`)
  try {
    const maps = decodeCamDictionary(await readFile(file), file, image, key => placeOf(key, file, options))
    return { imageId: image.id, blob: await writeBlob(options.blobFolder, encodeScoreMaps(maps), 'safetensors') }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      return { what: 'photo', file: image.path, reason: `there are no score maps ${file}` }
    const { code, message } = toErrorData(cause)
    if (isCancellation(cause) || code === 'INTERNAL' || code === 'DISK_FULL') throw cause
    return { what: 'photo', file: image.path, reason: message }
  }
}

function placeOf(key: number, file: string, { dataset, classes }: CamsImport): number | undefined {
  const names = classes ?? dataset.classes
  const name = names[key]
  if (name === undefined)
    throw new WorkbenchError(
      'BAD_INPUT',
      `${file} has maps of class ${key}, and ${names.length} classes are known (0 … ${names.length - 1}): name all of them.`,
    )
  const place = dataset.classes.indexOf(name)
  return place < 0 ? undefined : place
}
