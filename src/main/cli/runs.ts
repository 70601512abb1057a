import type { Command } from 'commander'
import type { Project } from '../db/open'
import type { RunRow } from '../db/schema'
import { exactDuration } from './exactDuration'
import { action, command } from './command'
import { table } from './table'
import { withProject } from './withProject'

/** `maskwright runs`: the runs of the project, newest first. */
export function runsCommand(): Command {
  return command('runs', 'list the runs, newest first').action(
    action(async context => {
      await withProject(context, async project => {
        const runs = project.runs.page({ limit: 1000 }).map(run => described(project, run))
        context.output.result(runs, runs.length === 0 ? 'No runs yet: `maskwright run lpcam`.' : tableOf(runs))
      })
    }),
  )
}

type DescribedRun = ReturnType<typeof described>

function described(project: Project, run: RunRow) {
  const { id, name, state, seed, fresh, split, datasetHash, engine, error, createdAt, startedAt, finishedAt } = run
  const times = { createdAt, startedAt, finishedAt, seconds: computingSeconds(project, run) }
  const steps = project.runs.steps(id).map(({ name, method, options, state, summary, originRun, originStep }) => {
    const takenOverFrom = originRun === null ? null : { run: originRun, step: originStep }
    return { name, method, options, state, summary, takenOverFrom }
  })
  const progress = state === 'running' || state === 'paused' ? (project.jobs.ofRun(id)?.progress ?? null) : null
  return { id, name, state, seed, fresh, split, datasetHash, engine, error, ...times, progress, steps }
}

/** What its finished steps took: a run that was resumed a day later did not take a day. */
function computingSeconds(project: Project, { id }: RunRow): number {
  return project.runs
    .steps(id)
    .flatMap(step => project.metrics.list(id, step.name, 'seconds'))
    .reduce((sum, { value }) => sum + (value ?? 0), 0)
}

function tableOf(runs: readonly DescribedRun[]): string {
  const columns = [
    { title: 'id', align: 'right' },
    { title: 'name' },
    { title: 'state' },
    { title: 'steps' },
    { title: 'seed', align: 'right' },
    { title: 'time', align: 'right' },
    { title: '' },
  ] as const
  const rows = runs.map(run => [
    String(run.id),
    run.name,
    run.state,
    run.steps.map(stepText).join(' → '),
    String(run.seed),
    run.seconds === 0 ? '' : exactDuration(run.seconds * 1000),
    run.error?.message ?? hint(run),
  ])
  return table(columns, rows)
}

/** A step that is not done stands in brackets; one that was taken over says from which run. */
function stepText({ name, state, takenOverFrom }: DescribedRun['steps'][number]): string {
  if (state !== 'done') return `(${name})`
  return takenOverFrom === null ? name : `${name} of run ${takenOverFrom.run}`
}

function hint({ id, state, progress }: DescribedRun): string {
  if (progress !== null) return `${progress.stage}: ${progress.done}/${progress.total} ${progress.unit}`
  return state === 'cancelled' || state === 'queued' ? `maskwright run --resume ${id}` : ''
}
