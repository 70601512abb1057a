import type { Project } from '../db/open'
import type { RunRow } from '../db/schema'
import type { Plan } from './recipes'

/** A step of method `threshold`, and the threshold that it found or was given; null while it has none. */
export interface ThresholdStep {
  readonly name: string
  readonly used: number | null
}

/** The step that cuts these score maps into masks; null where the recipe has none. */
export function thresholdStepOf(project: Project, run: RunRow, plan: Plan, step: string): ThresholdStep | null {
  const cut = plan.steps.find(({ method, from }) => method === 'threshold' && from.scores === step)
  if (cut === undefined) return null
  const summary = project.runs.step(run.id, cut.name)?.summary as { readonly threshold?: unknown } | null | undefined
  return { name: cut.name, used: typeof summary?.threshold === 'number' ? summary.threshold : null }
}
