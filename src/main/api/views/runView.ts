import type { StepEstimate } from '../../../shared/contract/recipeForm'
import type { WorkState } from '../../../shared/contract/states'
import type { ErrorData } from '../../../shared/errors'
import type { TimedStep } from '../../../shared/runTimes'
import { isFinal } from '../../../shared/contract/states'
import type { MetricRow, RunRow, RunStepRow } from '../../db/schema'
import type { Estimator } from '../../host/estimator'
import type { ProjectSession } from '../../host/projectSession'
import type { EngineRecord } from '../../jobs/protocol/messages'
import { checkRecipe, type Plan } from '../../jobs/recipes'

/** Runs as lists show them: a few queries, however many they are. */
export function runSummaries(session: ProjectSession, runs: readonly RunRow[]) {
  const { project } = session
  const ids = runs.map(({ id }) => id)
  const steps = project.runs.stepsOf(ids)
  const seconds = project.metrics.secondsOf(ids)
  return runs.map(run => summaryOf(session, run, steps.get(run.id) ?? [], seconds.get(run.id) ?? 0))
}

function summaryOf(session: ProjectSession, run: RunRow, steps: readonly RunStepRow[], seconds: number) {
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
    seconds,
    progress: isFinal(run.state) ? null : (session.project.jobs.ofRun(run.id)?.progress ?? null),
  }
}

/** A run with all that its panel shows. */
export function runDetail(key: string, session: ProjectSession, run: RunRow, estimator: Estimator) {
  const { project } = session
  const plan = planOf(run)
  const counts = project.artifacts.counts(run.id)
  const figures = project.metrics.figures(run.id)
  const rows = project.runs.steps(run.id)
  const expected = expectedSteps(key, session, { run, plan }, estimator)
  const steps = rows.map(step => ({
    ...stepView(
      step,
      figures.filter(figure => figure.step === step.name),
    ),
    ...timesOf(step, figures, expected),
    takenOverFrom: step.originRun,
    from: plan?.steps.find(({ name }) => name === step.name)?.from ?? {},
    made: counts.filter(count => count.step === step.name).map(({ kind, count }) => ({ kind, count })),
  }))
  const seconds = steps.reduce((sum, step) => sum + step.seconds, 0)
  return {
    ...summaryOf(session, run, rows, seconds),
    recipe: run.recipe as { readonly title: string },
    steps,
    engine: run.engine as EngineRecord | null,
    datasetHash: run.datasetHash,
    fresh: run.fresh,
    attempts: project.jobs.ofRun(run.id)?.attempt ?? 0,
    figures: figures.map(({ step, name, value }) => ({ step, name, value })),
  }
}

function stepView({ name, method, options, summary }: RunStepRow, figures: readonly MetricRow[]) {
  return {
    name,
    method,
    options: options as Readonly<Record<string, unknown>>,
    summary: summary as Readonly<Record<string, unknown>> | null,
    peakMemory: figures.findLast(figure => figure.name === 'peakMemory')?.value ?? null,
  }
}

/** How long the steps of a run took and will take, in their order. */
export function timedSteps(key: string, session: ProjectSession, run: RunRow, estimator: Estimator): TimedStep[] {
  const { metrics, runs } = session.project
  const figures = metrics.figures(run.id)
  const expected = expectedSteps(key, session, { run, plan: planOf(run) }, estimator)
  return runs.steps(run.id).map(step => timesOf(step, figures, expected))
}

function timesOf(
  { name, state, startedAt }: RunStepRow,
  figures: readonly MetricRow[],
  expected: readonly StepEstimate[],
): TimedStep {
  const taken = figures.filter(figure => figure.step === name && figure.name === 'seconds')
  return {
    state,
    startedAt,
    seconds: taken.reduce((sum, { value }) => sum + (value ?? 0), 0),
    expectedSeconds: expected.find(({ step }) => step === name)?.seconds ?? null,
  }
}

/** Nothing of a run that has ended, or whose recipe is none any more. */
function expectedSteps(
  key: string,
  session: ProjectSession,
  { run, plan }: { readonly run: RunRow; readonly plan: Plan | undefined },
  estimator: Estimator,
): readonly StepEstimate[] {
  if (isFinal(run.state) || plan === undefined) return []
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
