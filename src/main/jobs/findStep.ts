import { WorkbenchError } from '../../shared/errors'
import { didYouMean } from '../../shared/nearestName'
import type { Project } from '../db/open'
import type { RunRow } from '../db/schema'
import { findMethod, methods, type ArtifactKind, type MethodRegistry } from '../methods/index'
import { checkRecipe, type Plan, type PlannedStep } from './recipes'

/** The run that is meant: the one with this id, or the latest that finished. @throws NOT_FOUND, CONFLICT */
export function findRun(project: Project, id: number | undefined): RunRow {
  if (id === undefined) {
    const latest = project.runs.latestFinished()
    if (latest !== undefined) return latest
    throw new WorkbenchError('NOT_FOUND', 'This project has no finished run: start one and let it come to its end.')
  }
  const run = project.runs.get(id)
  if (run.state === 'running')
    throw new WorkbenchError('CONFLICT', `Run ${id} is still running: wait until it has finished.`)
  return run
}

/** The plan that the run was made with. */
export function planOf(run: RunRow, registry: MethodRegistry = methods): Plan {
  return checkRecipe(run.recipe, registry)
}

/**
 * The step whose label maps are meant. Naming a seed step means the label maps made from its scores; naming none means
 * the last step that gives label maps.
 * @throws NOT_FOUND naming the steps that there are
 */
export function findLabelStep(plan: Plan, name: string | undefined, registry: MethodRegistry = methods): PlannedStep {
  const steps = labelSteps(plan, registry)
  if (name === undefined) return lastOf(steps, plan, 'label maps')
  const named = namedStep(plan, name)
  if (steps.includes(named)) return named
  const made = steps.findLast(step => step.from.scores === named.name)
  if (made !== undefined) return made
  throw new WorkbenchError(
    'NOT_FOUND',
    `No step makes label maps from "${name}". With label maps: ${steps.map(step => step.name).join(', ') || 'none'}.`,
  )
}

/** The step whose score maps are meant: a seed step, or the one that a step of label maps was made from. */
export function findScoreStep(plan: Plan, name: string | undefined, registry: MethodRegistry = methods): PlannedStep {
  const steps = plan.steps.filter(step => gives(step, 'scores', registry))
  if (name === undefined) return lastOf(steps, plan, 'score maps')
  const named = namedStep(plan, name)
  const source = steps.includes(named) ? named : steps.find(step => step.name === named.from.scores)
  if (source !== undefined) return source
  throw new WorkbenchError(
    'NOT_FOUND',
    `"${name}" has no score maps. Steps with score maps: ${steps.map(step => step.name).join(', ') || 'none'}.`,
  )
}

/** Every step that gives label maps, in the recipe's order. */
export function labelSteps(plan: Plan, registry: MethodRegistry = methods): PlannedStep[] {
  return plan.steps.filter(step => gives(step, 'labels', registry))
}

/** The step and all it was made from, the first one first. */
export function upstream(plan: Plan, step: PlannedStep): PlannedStep[] {
  const wanted = new Set([step.name])
  for (const other of [...plan.steps].reverse())
    if (wanted.has(other.name)) for (const source of Object.values(other.from)) wanted.add(source)
  return plan.steps.filter(({ name }) => wanted.has(name))
}

function gives(step: PlannedStep, kind: ArtifactKind, registry: MethodRegistry): boolean {
  return findMethod(step.method, registry).outputs.includes(kind)
}

function namedStep(plan: Plan, name: string): PlannedStep {
  const found = plan.steps.find(step => step.name === name)
  if (found !== undefined) return found
  const known = plan.steps.map(step => step.name)
  throw new WorkbenchError('NOT_FOUND', `The run has no step "${name}"${didYouMean(name, known)}`)
}

function lastOf(steps: readonly PlannedStep[], plan: Plan, what: string): PlannedStep {
  const last = steps.at(-1)
  if (last !== undefined) return last
  throw new WorkbenchError('NOT_FOUND', `No step of "${plan.title}" makes ${what}.`)
}
