import type { Dataset } from '../../shared/contract/dataset'
import { isCancellation, WorkbenchError } from '../../shared/errors'
import type { JobRow, RunRow } from '../db/schema'
import { checkPhotos } from './checkPhotos'
import type { EngineRecord } from './protocol/messages'
import { checkRecipe } from './recipes'
import { announce, say, type RunContext, type RunnerSetup } from './runContext'
import type { RunControl } from './runControl'
import { RunLog } from './runLog'
import { runStep } from './runStep'
import { takeOver } from './takeOver/takeOver'
import { WorkerDeath } from './workerHost'
import { engineOf } from './workerSession'

/** Each start after OUT_OF_MEMORY halves the micro-batch: 2^5 = 32 times less is as far as it helps. */
const mostAttempts = 6
/** A worker that died is started again this often in one run: then something is wrong that a new one meets too. */
const mostDeaths = 3

/**
 * Runs what is left of a run, step by step, in a worker of its own; finished steps are skipped, and those taken over
 * that another run has finished.
 * @returns 'cancelled' when it was, with the checkpoint of the step that was running kept
 * @throws what a step met, as a WorkbenchError
 */
export async function executeRun(
  setup: RunnerSetup,
  job: JobRow,
  run: RunRow,
  control: RunControl,
): Promise<'done' | 'cancelled'> {
  using log = new RunLog(setup.project.runFolder(run.id))
  const context: RunContext = { ...setup, job, run, control, log, plan: checkRecipe(run.recipe, setup.registry) }
  try {
    const dataset = await presentDataset(context)
    return await withRestarts(context, attempt => runSteps(context, dataset, attempt))
  } catch (error) {
    if (isCancellation(error) && control.signal.aborted) return 'cancelled'
    log.write(null, error instanceof Error ? error.message : String(error))
    throw error
  }
}

/** The run's photos as they are now; those that were lost since the import are named in the log. */
async function presentDataset(context: RunContext): Promise<Dataset> {
  const { project, run } = context
  const all = project.dataset(run.split === 'all' ? undefined : run.split)
  if (all.hash !== run.datasetHash)
    throw new WorkbenchError(
      'CONFLICT',
      `The photos, labels or classes changed after run ${run.id} was made: start a new run instead.`,
    )
  const { dataset, lost } = await checkPhotos(all, project.imports.known())
  for (const { path, reason } of lost) say(context, null, `${path} was ${reason} after it was imported.`)
  if (lost.length > 0) say(context, null, `The run goes on without ${lost.length} of ${all.images.length} photos.`)
  return dataset
}

/**
 * Starts the work again where that helps. Out of memory on the device is expected: the step goes on from its checkpoint
 * with a smaller micro-batch. A worker that was killed says nothing about the recipe: it goes on as it was.
 */
async function withRestarts<Result>(context: RunContext, work: (attempt: number) => Promise<Result>): Promise<Result> {
  let [attempt, deaths] = [1, 0]
  for (;;)
    try {
      return await work(attempt)
    } catch (error) {
      if (!(error instanceof WorkbenchError) || context.control.signal.aborted) throw error
      if (error.code === 'OUT_OF_MEMORY' && attempt < mostAttempts) {
        attempt++
        say(context, null, `${error.message} The step starts again from its checkpoint with half the micro-batch.`)
      } else if (error instanceof WorkerDeath) {
        if (++deaths > mostDeaths) throw diedTooOften(error, deaths)
        say(context, null, `${error.message} The run goes on from its last checkpoint (${deaths} of ${mostDeaths}).`)
      } else throw error
    }
}

function diedTooOften(error: WorkerDeath, deaths: number): WorkbenchError {
  const remedy = 'Retry goes on from the last checkpoint.'
  return new WorkbenchError(error.code, `${error.message} That was the ${deaths}th time in this run. ${remedy}`, {
    cause: error,
  })
}

async function runSteps(context: RunContext, dataset: Dataset, attempt: number): Promise<'done' | 'cancelled'> {
  const { plan, control, startWorker, isolation, project, run } = context
  const finished = new Set(project.runs.steps(run.id).flatMap(step => (step.state === 'done' ? [step.name] : [])))
  for (const step of plan.steps) if (finished.has(step.name)) announce(context, step, 'skipped')
  const pending = plan.steps.filter(step => !finished.has(step.name))
  if (pending.length === 0) return 'done'
  control.signal.throwIfAborted()
  await using worker = startWorker()
  const engine = await engineOf(worker, isolation)
  recordEngine(context, engine)
  for (const step of pending) {
    control.signal.throwIfAborted()
    if (await takeOver(context, step, dataset, engine)) continue
    if ((await runStep(context, worker, step, dataset, attempt)) === 'cancelled') return 'cancelled'
  }
  return 'done'
}

/** Figures of different engines may differ in the last digits: a resumed run says so. */
function recordEngine(context: RunContext, engine: EngineRecord): void {
  const { project, run } = context
  const before = project.runs.get(run.id).engine as EngineRecord | null
  if (before !== null && (before.version !== engine.version || before.device !== engine.device))
    say(
      context,
      null,
      `It began on TensorFlow ${before.version} (${before.device}) and goes on on ${engine.version} (${engine.device}).`,
    )
  else if (before === null)
    say(context, null, `TensorFlow ${engine.version} on ${engine.device}, ${engine.threads} threads: ${engine.reason}.`)
  project.runs.setEngine(run.id, engine)
}
