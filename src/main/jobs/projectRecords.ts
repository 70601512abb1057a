import type { Project } from '../db/open'
import type { RunRow, RunStepRow } from '../db/schema'
import type { MethodRegistry } from '../methods/index'
import { checkRecipe, type Plan } from './recipes'
import { runFacts, type RunFacts } from './runFacts'
import { countWork, type StepRecord } from './stepRecord'

/** Steps that are read back: the newest tell how fast the machine is now. */
const mostSteps = 60

/** What the finished steps of a project took, the newest first. Steps of methods that are gone are left out. */
export function projectRecords(project: Project, registry: MethodRegistry): readonly StepRecord[] {
  const plans = new Map<number, { readonly run: RunRow; readonly plan: Plan | undefined }>()
  const facts = new Map<string, RunFacts>()
  return project.runs.finishedSteps(mostSteps).flatMap(row => {
    const known = plans.get(row.runId) ?? readPlan(project.runs.get(row.runId), registry)
    plans.set(row.runId, known)
    const { run, plan } = known
    const split = run.split === 'all' ? undefined : run.split
    const photos = facts.get(run.split) ?? runFacts(project, split)
    facts.set(run.split, photos)
    const record = plan && recordOf(project, { run, plan, row, photos }, registry)
    return record === undefined ? [] : [record]
  })
}

interface FinishedStep {
  readonly run: RunRow
  readonly plan: Plan
  readonly row: RunStepRow
  readonly photos: RunFacts
}

function recordOf(
  project: Project,
  { run, plan, row, photos: facts }: FinishedStep,
  registry: MethodRegistry,
): StepRecord | undefined {
  const step = plan.steps.find(({ name }) => name === row.name)
  const seconds = stepSeconds(project, run.id, row.name)
  const device = (run.engine as { readonly kind?: 'cpu' | 'gpu' } | null)?.kind
  if (step === undefined || seconds === 0 || device === undefined) return undefined
  const summary = (row.summary ?? {}) as Readonly<Record<string, unknown>>
  const number = (key: string) => (typeof summary[key] === 'number' ? summary[key] : undefined)
  const photos = number('photos') ?? facts.photos
  const trunkSeconds = number('trunkSeconds')
  const [computed, fromCache] = [number('computed'), number('fromCache') ?? 0]
  const peakMemory = project.metrics.list(run.id, row.name, 'peakMemory').at(-1)?.value
  const share = photos / Math.max(1, facts.photos)
  const pixelsAt = (side: number | null) => facts.pixelsAt(side) * share
  const pixelsWithin = (side: number | null) => facts.pixelsWithin(side) * share
  const counted = { ...facts, photos, pixelsAt, pixelsWithin, device }
  return {
    run: run.id,
    name: run.name,
    method: step.method,
    photos,
    device,
    work: countWork(plan, step, { ...counted, classes: facts.classes.length }, registry),
    seconds,
    computedShare:
      computed === undefined ? Number((trunkSeconds ?? 0) > 0) : computed / Math.max(1, computed + fromCache),
    ...(trunkSeconds === undefined ? {} : { trunkSeconds }),
    ...(typeof peakMemory === 'number' ? { peakMemory } : {}),
  }
}

/** What the step took in all its attempts, its rests left out. */
export function stepSeconds(project: Project, runId: number, step: string): number {
  return project.metrics.list(runId, step, 'seconds').reduce((sum, { value }) => sum + (value ?? 0), 0)
}

function readPlan(run: RunRow, registry: MethodRegistry): { readonly run: RunRow; readonly plan: Plan | undefined } {
  try {
    return { run, plan: checkRecipe(run.recipe, registry) }
  } catch {
    return { run, plan: undefined } // made with a method or an option that this version does not have
  }
}
