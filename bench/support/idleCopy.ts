import { cpSync } from 'node:fs'
import { openProject } from '../../src/main/db/open'

/** Copies a project; what waits in its queue is paused, since a run that goes on beside a measurement is measured too. */
export function idleCopy(source: string, target: string): void {
  cpSync(source, target, { recursive: true })
  const project = openProject(target)
  try {
    for (let job = project.jobs.next(); job; job = project.jobs.next()) project.jobs.setState(job.id, 'paused')
  } finally {
    project.close()
  }
}
