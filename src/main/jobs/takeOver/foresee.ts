import type { Dataset } from '../../../shared/contract/dataset'
import type { StepPlace } from '../../db/runRepo'
import type { Project } from '../../db/open'
import type { ArtifactKind, MethodRegistry } from '../../methods/index'
import type { Plan } from '../recipes'
import { originOf } from './finishedStep'
import { stepKey, type StepMaterial } from './stepKey'

/**
 * Which steps of a plan would be taken over if it were run now, and who computed them. The run itself looks again: a
 * map may be gone by then, or a photo.
 */
export async function foresee(
  project: Project,
  plan: Plan,
  material: Omit<StepMaterial, 'inputs'> & { readonly dataset: Dataset },
  registry: MethodRegistry,
): Promise<ReadonlyMap<string, StepPlace>> {
  const origins = new Map<string, StepPlace>()
  for (const step of plan.steps) {
    const inputs: Partial<Record<ArtifactKind, StepPlace>> = {}
    let known = true
    for (const [kind, source] of Object.entries(step.from) as [ArtifactKind, string][]) {
      const origin = origins.get(source)
      if (origin === undefined) known = false
      else inputs[kind] = origin
    }
    if (!known) continue // it hangs on something that is not there yet
    const [found] = project.runs.stepsWithKey(await stepKey(step, { ...material, inputs }, registry))
    if (found !== undefined) origins.set(step.name, originOf(found))
  }
  return origins
}
