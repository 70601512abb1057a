import type { Dataset } from '../../../shared/contract/dataset'
import { WorkbenchError } from '../../../shared/errors'
import type { StepPlace } from '../../db/runRepo'
import type { Project } from '../../db/open'
import type { RunRow, RunStepRow } from '../../db/schema'
import { artifactKinds, type ArtifactKind } from '../../methods/index'
import type { EngineRecord } from '../protocol/messages'
import type { PlannedStep } from '../recipes'
import { announce, say, type RunContext } from '../runContext'
import { stepFolder } from '../stepOrder'
import { missingOf, originOf } from './finishedStep'
import { linkFolder } from './linkFolder'
import { stepKey } from './stepKey'

/**
 * Takes a step over from a finished one of another run that was made of the same, where there is one: the run then has
 * its maps, its files, its curves and its summary as if it had computed them, and its row says who did.
 * @returns whether it was taken over; where not, the step's row knows the key that others will find it by
 */
export async function takeOver(
  context: RunContext,
  step: PlannedStep,
  dataset: Dataset,
  engine: EngineRecord,
): Promise<boolean> {
  const { project, run } = context
  const row = rowOf(project, run, step.name)
  const inputs = inputsOf(project, run, step)
  const key = await stepKey(step, { dataset, seed: run.seed, engine, inputs }, context.registry)
  const hasBegun = row.startedAt !== null // what it has of itself is worth more than another's
  const source = hasBegun || run.fresh ? undefined : await sourceOf(context, step, key)
  if (source === undefined) {
    project.runs.setKey(placeOf(row), !hasBegun || row.key === key ? key : null)
    return false
  }
  await adopt(context, source, row)
  const origin = originOf(source)
  announce(context, step, 'taken over', origin.run)
  say(context, step.name, `Taken over from run ${origin.run}, where it was made of the same: not computed again.`)
  return true
}

/** The newest finished step with this key of which everything is still there. */
async function sourceOf(context: RunContext, step: PlannedStep, key: string): Promise<RunStepRow | undefined> {
  for (const found of context.project.runs.stepsWithKey(key, context.run.id)) {
    const missing = await missingOf(context.project, found)
    if (missing === undefined) return found
    say(context, step.name, `It cannot be taken over from run ${found.runId}: ${missing}.`)
  }
  return undefined
}

/** Files first, rows last and together: until these are there, the step is one that waits. */
async function adopt({ project, emit }: RunContext, source: RunStepRow, row: RunStepRow): Promise<void> {
  const [from, to] = [placeOf(source), placeOf(row)]
  await linkFolder(stepFolder(project, from.run, from.step), stepFolder(project, to.run, to.step))
  project.transaction(() => {
    project.artifacts.clear(to.run, to.step)
    project.artifacts.copy(from, to)
    project.metrics.copy(from, to)
    project.runs.setTakenOver(to, source, originOf(source))
  })
  emit({ type: 'metrics', runId: to.run, step: to.step })
}

function inputsOf(project: Project, run: RunRow, { from }: PlannedStep): Partial<Record<ArtifactKind, StepPlace>> {
  const inputs: Partial<Record<ArtifactKind, StepPlace>> = {}
  for (const kind of artifactKinds) {
    const name = from[kind]
    if (name !== undefined) inputs[kind] = originOf(rowOf(project, run, name))
  }
  return inputs
}

function rowOf(project: Project, run: RunRow, name: string): RunStepRow {
  const row = project.runs.step(run.id, name)
  if (row !== undefined) return row
  throw new WorkbenchError('INTERNAL', `run ${run.id} has no row for its step ${name}`)
}

function placeOf({ runId, name }: RunStepRow): StepPlace {
  return { run: runId, step: name }
}
