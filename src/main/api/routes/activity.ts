import { isFinal, type JobProgress, type WorkState } from '../../../shared/contract/states'
import type { OpenProjectSession } from '../../host/sessions'
import { procedure, router } from '../trpc'

/** A run that goes on or waits, in whichever open project. */
export interface ActiveRun {
  readonly project: string
  readonly runId: number
  readonly name: string
  readonly state: WorkState
  readonly progress: JobProgress | null
}

/** Runs that are looked at a project: more than these nobody counts. */
const mostRuns = 100

/** What computes now and what waits for it, in all open projects. */
export const activity = router({
  list: procedure.query(({ ctx }): readonly ActiveRun[] => ctx.sessions.list().flatMap(activeRuns)),
})

function activeRuns({ key, session: { project } }: OpenProjectSession): ActiveRun[] {
  const jobs = project.jobs.page({ limit: mostRuns, states: ['running', 'paused', 'queued'] })
  return jobs.flatMap(job => {
    const run = job.runId === null ? undefined : project.runs.find(job.runId)
    if (run === undefined || isFinal(run.state)) return []
    return [{ project: key, runId: run.id, name: run.name, state: run.state, progress: job.progress }]
  })
}
