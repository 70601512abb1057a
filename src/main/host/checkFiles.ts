import { stat } from 'node:fs/promises'
import type { FileCheck } from '../../shared/contract/datasetStats'
import { mapConcurrent } from '../datasets/mapConcurrent'
import type { Project } from '../db/open'
import type { ImageRow } from '../db/schema'
import { absolutePath } from '../db/storedPath'
import type { Work } from './projectSession'

/** Files looked at together: enough to hide a network disk's latency. */
const together = 32

export type FileState = 'present' | 'missing' | 'changed'

/** Looks whether the file of every photo is there and has the size that it was imported with. */
export async function checkFiles(project: Project, { signal, progress }: Work): Promise<FileCheck> {
  const photos = project.images.all()
  let done = 0
  const states = await mapConcurrent(
    photos,
    together,
    async photo => {
      const state = await fileState(project, photo)
      progress({ done: ++done, total: photos.length, unit: 'photos', stage: 'Looking for files' })
      return state
    },
    signal,
  )
  const lost = (wanted: FileState) => photos.filter((_, i) => states[i] === wanted).map(({ id }) => id)
  const [missing, changed] = [lost('missing'), lost('changed')]
  project.photos.setMissing([...missing, ...changed])
  return { checkedAt: Date.now(), photos: photos.length, missing: missing.length, changed: changed.length }
}

/** A run looks at the content too (`jobs/checkPhotos`); reading 100,000 whole files is too much for a look. */
export async function fileState(project: Project, photo: ImageRow): Promise<FileState> {
  const file = await stat(absolutePath(project.folder, photo.path)).catch(() => undefined)
  if (file === undefined || !file.isFile()) return 'missing'
  return file.size === photo.bytes ? 'present' : 'changed'
}
