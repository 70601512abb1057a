import type { ReviewSource, ReviewSourceRow } from '../../../shared/contract/review'
import { WorkbenchError } from '../../../shared/errors'
import type { Project } from '../../db/open'

/** Runs that are looked through for masks. */
const mostRuns = 200

/** A step whose masks are reviewed, with the names that a person knows it by. */
export interface FoundSource extends ReviewSource {
  readonly runName: string
  readonly method: string
}

/** Every finished step that has made masks, the newest run first, of a run the last step first. */
export function reviewSources(project: Project): readonly ReviewSourceRow[] {
  return candidates(project).map(source => ({
    ...source,
    photos: project.artifacts.countOf(source.run, source.step, 'labels'),
  }))
}

/**
 * The masks that are meant; without a word the newest. @returns undefined where no run has made masks
 * @throws NOT_FOUND where the one that is named has none
 */
export function findSource(project: Project, asked: ReviewSource | null): FoundSource | undefined {
  if (asked === null) return candidates(project)[0]
  const { id, name } = project.runs.get(asked.run)
  const step = project.runs.step(id, asked.step)
  if (step !== undefined && project.artifacts.has(id, asked.step, 'labels'))
    return { run: id, runName: name, step: asked.step, method: step.method }
  throw new WorkbenchError(
    'NOT_FOUND',
    `Step "${asked.step}" of run ${id} (${name}) has made no masks: choose one of the list.`,
  )
}

function candidates(project: Project): FoundSource[] {
  const runs = project.runs.page({ limit: mostRuns })
  const steps = project.runs.stepsOf(runs.map(({ id }) => id))
  return runs.flatMap(({ id, name }) =>
    [...steps.get(id)!]
      .reverse()
      .filter(step => step.state === 'done' && project.artifacts.has(id, step.name, 'labels'))
      .map(step => ({ run: id, runName: name, step: step.name, method: step.method })),
  )
}
