import { writeLabelMap } from '../../src/main/artifacts/labelMaps'
import type { Project } from '../../src/main/db/open'
import { ReviewDesk } from '../../src/main/host/reviewDesk'
import type { PoolClient } from '../../src/main/pool/poolClient'
import { runTask } from '../../src/main/pool/tasks'
import { mapsProject, type MadePhoto } from './mapsProject'

/** The pool's tasks in this very thread. */
export const ownThread: PoolClient = { threads: 1, run: (name, input) => runTask(name, input) }

export interface ReviewedPhoto extends MadePhoto {
  /** `[height * width]`: what step `masks` made; nothing when left out. */
  readonly mask?: Uint8Array
}

export interface ReviewProject {
  readonly project: Project
  readonly desk: ReviewDesk
  /** Of the finished run whose step `masks` made the masks. */
  readonly run: number
}

/** A project of photos of one size with a finished run whose masks are the test's own. */
export async function reviewProject(
  classes: readonly string[],
  size: { readonly width: number; readonly height: number },
  photos: readonly ReviewedPhoto[],
): Promise<ReviewProject> {
  const { project, run } = await mapsProject(classes, size, photos)
  for (const { stem, mask } of photos) {
    if (mask === undefined) continue
    const blob = await writeLabelMap(project.blobFolder, { labels: mask, ...size }, 'derived')
    const imageId = project.images.findByStem(stem)!.id
    project.artifacts.record([{ runId: run.id, step: 'masks', kind: 'labels', imageId, blob }])
  }
  return { project, run: run.id, desk: new ReviewDesk(project, () => ownThread) }
}
