import type { ExportStep } from '../../shared/contract/export'
import type { Project } from '../db/open'
import { findMethod } from '../methods/index'
import { planOf } from './findStep'

const runsShown = 50

/** Steps of the newest runs that something can be exported of, the latest step first. */
export function exportSteps(project: Project): readonly ExportStep[] {
  return project.runs.page({ limit: runsShown }).flatMap(run => {
    if (run.state === 'running' || run.state === 'queued') return []
    const made = new Set(project.artifacts.counts(run.id).map(({ step, kind }) => `${step} ${kind}`))
    return planOf(run)
      .steps.toReversed()
      .flatMap(({ name, method }): ExportStep[] => {
        const { outputs } = findMethod(method)
        const step = { run: run.id, runName: run.name, step: name, method }
        const trained = outputs.some(kind => kind === 'classifier' || kind === 'segmentation')
        const done = project.runs.step(run.id, name)?.state === 'done'
        return [
          ...(made.has(`${name} labels`) ? [{ ...step, contents: 'masks' as const }] : []),
          ...(made.has(`${name} scores`) ? [{ ...step, contents: 'scores' as const }] : []),
          ...(trained && done ? [{ ...step, contents: 'checkpoint' as const }] : []),
        ]
      })
  })
}
