import type { Dataset } from '../../shared/contract/dataset'
import { assertNever } from '../../shared/errors'
import type { PlannedStep } from './recipes'
import { announce, say, type RunContext } from './runContext'
import { stepOrder } from './stepOrder'
import { StepRecorder } from './stepRecorder'
import type { WorkerHost } from './workerHost'
import { orderStep, type StepReport } from './workerSession'

/** Runs one step in the worker and stores what it reports. @throws what it met; what it stored stays for a resume */
export async function runStep(
  context: RunContext,
  worker: WorkerHost,
  step: PlannedStep,
  dataset: Dataset,
  attempt: number,
): Promise<'done' | 'cancelled'> {
  const { project, run, job, isolation, control } = context
  const recorder = new StepRecorder(project, { runId: run.id, step: step.name, jobId: job.id }, () =>
    context.emit({ type: 'metrics', runId: run.id, step: step.name }),
  )
  const startedAt = performance.now() - control.restedMs
  project.runs.setStepState(run.id, step.name, 'running')
  project.jobs.setProgress(job.id, null) // it was that of the step before
  announce(context, step, 'running')
  const order = stepOrder(context, step, dataset, attempt)
  const outcome = await orderStep(worker, isolation, order, control, report => hear(context, step, recorder, report))
    // Stored also where the step failed: a resumed one goes on from there.
    .finally(() => {
      recorder.metric('seconds', (performance.now() - startedAt - control.restedMs) / 1000, null)
      recorder.store()
    })
  if (outcome.type === 'cancelled') {
    project.runs.setStepState(run.id, step.name, 'cancelled')
    return 'cancelled'
  }
  recorder.metric('peakMemory', outcome.peakMemory, null)
  recorder.store()
  project.runs.setStepState(run.id, step.name, 'done', outcome.summary)
  announce(context, step, 'done')
  return 'done'
}

function hear(context: RunContext, step: PlannedStep, recorder: StepRecorder, report: StepReport): void {
  const { emit, run } = context
  switch (report.type) {
    case 'progress': {
      const { memory, progress } = report
      emit({ type: 'progress', runId: run.id, step: step.name, progress: recorder.progress(progress), memory })
      break
    }
    case 'log':
      say(context, step.name, report.line)
      break
    case 'metric':
      recorder.metric(report.name, report.value, report.at)
      break
    case 'artifact':
      recorder.artifact(report.artifact)
      break
    case 'paused':
      recorder.store()
      restAt(context)
      break
    default:
      assertNever(report)
  }
}

/** The step rests at a checkpoint; `Queue.resume` lets it go on. */
function restAt({ project, run, job, emit, control }: RunContext): void {
  control.rest()
  project.transaction(() => {
    project.runs.setState(run.id, 'paused')
    project.jobs.setState(job.id, 'paused')
  })
  emit({ type: 'state', runId: run.id, state: 'paused' })
}
