import type { ImageFilter } from '../../shared/contract/imageFilter'
import type { Project } from '../db/open'
import { methods } from '../methods/index'

/** A step with label maps that has no figures of the photos asked for. */
export interface UnmeasuredStep {
  readonly run: number
  readonly runName: string
  readonly step: string
}

export interface UnmeasuredPage {
  readonly rows: readonly UnmeasuredStep[]
  /** Where the next page begins; null: this was the last. */
  readonly before: number | null
}

export interface UnmeasuredQuestion {
  /** Runs looked at. */
  readonly limit: number
  readonly before?: number | undefined
  /** The photos of their split that it is about; all of them when left out. */
  readonly subset?: ImageFilter | undefined
}

/** Steps of finished runs that nobody has measured on these photos. */
export function unmeasuredSteps(project: Project, { limit, before, subset }: UnmeasuredQuestion): UnmeasuredPage {
  const runs = project.runs.page({ limit, ...(before === undefined ? {} : { before }) })
  const measured = project.evaluations.measuredSteps(subset)
  const rows = runs
    .filter(({ state }) => state === 'done')
    .flatMap(run =>
      project.runs
        .steps(run.id)
        .filter(({ method, name }) => givesLabels(method) && !measured.has(`${run.id}/${name}`))
        .map(({ name }) => ({ run: run.id, runName: run.name, step: name })),
    )
  return { rows, before: runs.length < limit ? null : (runs.at(-1)?.id ?? null) }
}

/** A method that this version does not know cannot be measured here. */
function givesLabels(method: string): boolean {
  return methods.get(method)?.outputs.includes('labels') ?? false
}
