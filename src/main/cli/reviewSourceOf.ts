import type { ReviewSource } from '../../shared/contract/review'
import type { ProjectSession } from '../host/projectSession'
import { findLabelStep, findRun, planOf } from '../jobs/findStep'

/** The masks that `--run` and `--step` mean; null: the newest. @throws NOT_FOUND */
export function reviewSourceOf(
  { project }: ProjectSession,
  { run: id, step }: { readonly run?: number | undefined; readonly step?: string | undefined },
): ReviewSource | null {
  if (id === undefined && step === undefined) return null
  const run = findRun(project, id)
  return { run: run.id, step: findLabelStep(planOf(run), step).name }
}
