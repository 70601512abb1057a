import type { NotRebased, RebasePlan, RebaseReport } from '../../shared/contract/rebase'
import type { ReviewSource } from '../../shared/contract/review'
import { toErrorData, WorkbenchError, type ErrorCode } from '../../shared/errors'
import { isEdited } from '../db/correctionRepo'
import type { Project } from '../db/open'
import { findImage } from '../jobs/photoLayers'
import { findSource } from '../jobs/review/sources'
import { forEachInPool, type PoolWorkContext } from '../pool/forEachInPool'
import type { ReviewDesk } from './reviewDesk'

/** What concerns one photo alone: the others go on. A full disk does not. */
const ofOnePhoto: readonly ErrorCode[] = ['CONFLICT', 'BAD_INPUT', 'FILE_UNREADABLE', 'SHAPE_MISMATCH']

interface Sorted extends Omit<RebasePlan, 'photos'> {
  readonly photos: readonly number[]
}

/** What `rebaseCorrections` would do. @param asked null: the newest masks @throws NOT_FOUND */
export function planRebase(project: Project, asked: ReviewSource | null): RebasePlan {
  const { photos, ...others } = sorted(project, asked)
  return { ...others, photos: photos.length }
}

/**
 * Takes a step's masks for every photo that a person corrected on another mask, with the pixels that the person had
 * changed. Each is the photo's next version and a draft. Cancelling stops between two photos; asked again it goes on
 * with the others.
 * @throws BAD_INPUT where there are no masks or no corrections to lay over them
 */
export async function rebaseCorrections(
  project: Project,
  desk: ReviewDesk,
  asked: ReviewSource | null,
  work: PoolWorkContext,
): Promise<RebaseReport> {
  const { source, photos } = sorted(project, asked)
  if (source === null || photos.length === 0)
    throw new WorkbenchError('BAD_INPUT', 'No photo was corrected on another mask than the one that is chosen.')
  const left: NotRebased[] = []
  await forEachInPool(work, photos, 'laying corrections over masks', async image => {
    try {
      await desk.rebase(image, source, desk.seen(image))
    } catch (error) {
      const { code, message } = toErrorData(error)
      if (!ofOnePhoto.includes(code)) throw error
      left.push({ image, stem: findImage(project, image).stem, why: message })
    }
  })
  left.sort((a, b) => a.image - b.image)
  return { source, rebased: photos.length - left.length, left }
}

function sorted(project: Project, asked: ReviewSource | null): Sorted {
  const found = findSource(project, asked)
  if (found === undefined) return { source: null, photos: [], already: 0, without: 0 }
  const source = { run: found.run, step: found.step }
  const photos: number[] = []
  let [already, without] = [0, 0]
  for (const row of project.corrections.summaries().values()) {
    if (!isEdited(row)) continue
    const made = project.artifacts.find(source.run, source.step, 'labels', row.imageId)
    if (made === undefined) without++
    else if (made.blob === row.sourceBlob) already++
    else photos.push(row.imageId)
  }
  return { source, photos: photos.sort((a, b) => a - b), already, without }
}
