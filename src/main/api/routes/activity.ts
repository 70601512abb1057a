import { isFinal, type JobProgress, type WorkState } from '../../../shared/contract/states'
import type { TimedStep } from '../../../shared/runTimes'
import type { Estimator } from '../../host/estimator'
import type { OpenProjectSession } from '../../host/sessions'
import { procedure, router } from '../trpc'
import { timedSteps } from '../views/runView'

/** A run that goes on or waits, in whichever open project. */
export interface ActiveRun {
  readonly project: string
  readonly runId: number
  readonly name: string
  readonly state: WorkState
  /** Of the stage that goes on. */
  readonly progress: JobProgress | null
  /** How long its steps took and will take; empty while it waits. */
  readonly steps: readonly TimedStep[]
}

/** Runs that are looked at a project: more than these nobody counts. */
const mostRuns = 100

/** What computes now and what waits for it, in all open projects. */
export const activity = router({
  list: procedure.query(({ ctx }): readonly ActiveRun[] =>
    ctx.sessions.list().flatMap(session => activeRuns(session, ctx.estimator)),
  ),
})

function activeRuns({ key, session }: OpenProjectSession, estimator: Estimator): ActiveRun[] {
  const { project } = session
  const jobs = project.jobs.page({ limit: mostRuns, states: ['running', 'paused', 'queued'] })
  return jobs.flatMap(job => {
    const run = job.runId === null ? undefined : project.runs.find(job.runId)
    if (run === undefined || isFinal(run.state)) return []
    const steps = run.state === 'queued' ? [] : timedSteps(key, session, run, estimator)
    return [{ project: key, runId: run.id, name: run.name, state: run.state, progress: job.progress, steps }]
  })
}
