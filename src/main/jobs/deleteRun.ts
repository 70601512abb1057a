import { rm } from 'node:fs/promises'
import { isFinal } from '../../shared/contract/states'
import { WorkbenchError } from '../../shared/errors'
import { folderBytes } from '../artifacts/folderBytes'
import { blobPath } from '../artifacts/blobStore'
import type { Project } from '../db/open'
import type { Queue } from './queue'

/** What a run's deletion takes away. */
export interface RunRemains {
  /** Score maps and label maps that no other run and no mask has. */
  readonly blobs: number
  /** Of its maps, those that stay because others have the same. */
  readonly shared: number
  /** Bytes of its folder: checkpoints and log. */
  readonly folderBytes: number
}

/** Counts what {@link deleteRun} would take away. */
export async function runRemains(project: Project, runId: number): Promise<RunRemains> {
  project.runs.get(runId)
  const blobs = project.artifacts.ownBlobs(runId).length
  const made = project.artifacts.counts(runId).reduce((sum, { count }) => sum + count, 0)
  return { blobs, shared: made - blobs, folderBytes: await folderBytes(project.runFolder(runId)) }
}

/**
 * Deletes a run that has ended: its row with its steps, curves and figures, its folder, and the maps that it alone has.
 * @throws CONFLICT while it, or any other run of the project, is going on: that one may be making the same maps now
 */
export async function deleteRun(project: Project, queue: Queue, runId: number): Promise<void> {
  const { state, name } = project.runs.get(runId)
  if (!isFinal(state))
    throw new WorkbenchError('CONFLICT', `Run ${runId} (${name}) is ${state}: stop it, then delete it.`)
  const { running } = queue
  if (running !== undefined)
    throw new WorkbenchError(
      'CONFLICT',
      `Run ${running} is going on and may be making maps that run ${runId} has too: delete it afterwards.`,
    )
  const blobs = project.artifacts.ownBlobs(runId)
  project.runs.remove(runId)
  await rm(project.runFolder(runId), { recursive: true, force: true })
  for (const blob of blobs) await rm(blobPath(project.blobFolder, blob), { force: true })
}
