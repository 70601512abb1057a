import type { Project } from '../db/open'
import type { JobRow, RunRow } from '../db/schema'
import type { MethodRegistry } from '../methods/index'
import type { Emit, StepEvent } from '../../shared/contract/runEvents'
import type { Plan, PlannedStep } from './recipes'
import type { RunControl } from './runControl'
import type { RunLog } from './runLog'
import type { Isolation, WorkerHost } from './workerHost'

/** What every run of a workbench shares. */
export interface RunnerSetup {
  readonly project: Project
  readonly registry: MethodRegistry
  readonly startWorker: () => WorkerHost
  readonly isolation: Isolation
  /** Bytes. */
  readonly cacheBudget: number
  readonly emit: Emit
}

/** One run while it goes on. */
export interface RunContext extends RunnerSetup {
  readonly job: JobRow
  readonly run: RunRow
  readonly plan: Plan
  readonly control: RunControl
  readonly log: RunLog
}

/** Writes a line to the run's log and tells whoever listens. */
export function say({ log, emit, run }: RunContext, step: string | null, line: string): void {
  log.write(step, line)
  emit({ type: 'log', runId: run.id, step, line })
}

/** Tells where in the recipe the run is. */
export function announce(
  { emit, run, plan }: RunContext,
  step: PlannedStep,
  state: StepEvent['state'],
  /** Of 'taken over': the run that computed it. */
  origin?: number,
): void {
  emit({
    type: 'step',
    runId: run.id,
    step: step.name,
    place: plan.steps.indexOf(step),
    steps: plan.steps.length,
    state,
    ...(origin === undefined ? {} : { origin }),
  })
}
