import type { StepEstimate } from '../../../shared/contract/recipeForm'
import type { WorkState } from '../../../shared/contract/states'
import type { ErrorData } from '../../../shared/errors'
import { isFinal } from '../../../shared/contract/states'
import type { RunRow, RunStepRow } from '../../db/schema'
import type { Estimator } from '../../host/estimator'
import type { ProjectSession } from '../../host/projectSession'
import { stepSeconds } from '../../jobs/projectRecords'
import type { EngineRecord } from '../../jobs/protocol/messages'
import { checkRecipe, type Plan } from '../../jobs/recipes'

/** A run as lists show it. */
export function runSummary(session: ProjectSession, run: RunRow) {
  const steps = session.project.runs.steps(run.id)
  const progress = isFinal(run.state) ? null : (session.project.jobs.ofRun(run.id)?.progress ?? null)
  return {
    id: run.id,
    name: run.name,
    ...endOf(session, run),
    seed: run.seed,
    split: run.split,
    createdAt: run.createdAt,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    steps: steps.length,
    stepsDone: steps.filter(({ state }) => state === 'done').length,
    step: steps.find(({ state }) => state === 'running')?.name ?? null,
    methods: steps.map(({ method }) => method),
    seconds: steps.reduce((sum, { name }) => sum + stepSeconds(session.project, run.id, name), 0),
    progress,
  }
}

/** A run with all that its panel shows. */
export function runDetail(key: string, session: ProjectSession, run: RunRow, estimator: Estimator) {
  const { project } = session
  const plan = planOf(run)
  const counts = project.artifacts.counts(run.id)
  const expected = isFinal(run.state) || plan === undefined ? [] : expectedSteps(key, session, { run, plan }, estimator)
  const steps = project.runs.steps(run.id).map(step => ({
    ...stepView(session, step),
    from: plan?.steps.find(({ name }) => name === step.name)?.from ?? {},
    made: counts.filter(count => count.step === step.name).map(({ kind, count }) => ({ kind, count })),
    expectedSeconds: expected.find(each => each.step === step.name)?.seconds ?? null,
  }))
  return {
    ...runSummary(session, run),
    recipe: run.recipe as { readonly title: string },
    steps,
    engine: run.engine as EngineRecord | null,
    datasetHash: run.datasetHash,
    attempts: project.jobs.ofRun(run.id)?.attempt ?? 0,
    figures: project.metrics.figures(run.id).map(({ step, name, value }) => ({ step, name, value })),
  }
}

function stepView({ project }: ProjectSession, step: RunStepRow) {
  const { runId, name, method, options, state, summary, startedAt } = step
  return {
    name,
    method,
    options: options as Readonly<Record<string, unknown>>,
    state,
    summary: summary as Readonly<Record<string, unknown>> | null,
    startedAt,
    seconds: stepSeconds(project, runId, name),
    peakMemory: project.metrics.list(runId, name, 'peakMemory').at(-1)?.value ?? null,
  }
}

function expectedSteps(
  key: string,
  session: ProjectSession,
  { run, plan }: { readonly run: RunRow; readonly plan: Plan },
  estimator: Estimator,
): readonly StepEstimate[] {
  return estimator.expected(key, session, { id: run.id, plan, split: run.split === 'all' ? undefined : run.split })
}

/** The state as it is, also where a full disk kept it from being stored. */
function endOf({ queue }: ProjectSession, { id, state, error }: RunRow): { state: WorkState; error: ErrorData | null } {
  const unstored = queue.unstoredError(id)
  return unstored === undefined ? { state, error } : { state: 'failed', error: unstored }
}

/** A recipe of another version may not be one any more: the run can still be looked at. */
function planOf(run: RunRow): Plan | undefined {
  try {
    return checkRecipe(run.recipe)
  } catch {
    return undefined
  }
}
