import { access } from 'node:fs/promises'
import { blobPath } from '../../artifacts/blobStore'
import type { StepPlace } from '../../db/runRepo'
import type { Project } from '../../db/open'
import type { RunStepRow } from '../../db/schema'
import { stepFolder } from '../stepOrder'

/** Files looked for together: enough to hide a network disk's latency. */
const together = 64

/** Who computed a step: itself, or the one that it was taken over from. */
export function originOf({ runId, name, originRun, originStep }: RunStepRow): StepPlace {
  return { run: originRun ?? runId, step: originStep ?? name }
}

/** What is not on the disk any more of what a finished step made, in words; undefined where all is there. */
export async function missingOf(project: Project, { runId, name }: RunStepRow): Promise<string | undefined> {
  if (!(await exists(stepFolder(project, runId, name)))) return `its folder runs/${runId}/${name} is gone`
  const blobs = project.artifacts.listForStep(runId, name).map(({ blob }) => blobPath(project.blobFolder, blob))
  let missing = 0
  for (let start = 0; start < blobs.length; start += together) {
    const found = await Promise.all(blobs.slice(start, start + together).map(exists))
    missing += found.filter(there => !there).length
  }
  return missing === 0 ? undefined : `${missing} of its ${blobs.length} maps are gone`
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
