import { z } from 'zod'
import type { PhotoLayers, RunLayers, StepLayer } from '../../shared/contract/seeds'
import { WorkbenchError } from '../../shared/errors'
import type { Project } from '../db/open'
import type { ArtifactRow, ImageRow, RunRow, RunStepRow } from '../db/schema'

/** More runs than a person tells apart; the older ones are counted. */
const mostRuns = 100

/** The part of a stored recipe that says what was made from what. Runs of later versions are shown too. */
const storedRecipe = z.object({
  steps: z.array(z.object({ name: z.string(), from: z.record(z.string(), z.string()).default({}) })),
})
const thresholdSummary = z.object({ threshold: z.number() })

/** The photo, or a sentence. @throws NOT_FOUND */
export function findImage(project: Project, id: number): ImageRow {
  const image = project.images.find(id)
  if (image !== undefined) return image
  throw new WorkbenchError(
    'NOT_FOUND',
    `This project has no photo ${id}: it was removed, or the address is of another.`,
  )
}

/** What there is to lay over a photo: its truth, and the maps and masks of every run that has some. */
export function photoLayers(project: Project, imageId: number): PhotoLayers {
  const { id, stem, width, height, split } = findImage(project, imageId)
  const artifacts = project.artifacts.ofImage(id)
  const newest = [...new Set(artifacts.map(row => row.runId))].sort((a, b) => b - a)
  return {
    image: { id, stem, width, height, split, present: project.labels.presentPlacesOf(id) },
    truth: project.masks.truth(id)?.blob ?? null,
    runs: newest.slice(0, mostRuns).map(run =>
      layersOfRun(
        project,
        project.runs.get(run),
        artifacts.filter(row => row.runId === run),
      ),
    ),
    olderRuns: Math.max(0, newest.length - mostRuns),
  }
}

function layersOfRun(project: Project, run: RunRow, artifacts: readonly ArtifactRow[]): RunLayers {
  const sources = new Map(storedRecipe.parse(run.recipe).steps.map(({ name, from }) => [name, from['scores'] ?? null]))
  const steps = project.runs.steps(run.id)
  const layers = steps.flatMap(({ name: step, method }): StepLayer[] =>
    artifacts
      .filter(row => row.step === step)
      .sort((a, b) => b.kind.localeCompare(a.kind)) // scores before the edges that they walked between
      .flatMap(({ kind, blob }): StepLayer[] => {
        if (kind === 'scores') return [{ kind, step, method, blob, masks: masksOf(step, steps, sources) }]
        if (kind === 'labels') return [{ kind, step, method, blob, from: sources.get(step) ?? null }]
        if (kind === 'edges') return [{ kind, step, method, blob }]
        return [] // prototypes, checkpoints: nothing to lay over a photo
      }),
  )
  return { id: run.id, name: run.name, state: run.state, steps: layers }
}

/**
 * The step that cut masks of these scores, and its threshold; where none did so plainly, one that also smoothed them
 * (a dense CRF), whose masks are others than the cut alone.
 */
function masksOf(
  scores: string,
  steps: readonly RunStepRow[],
  sources: ReadonlyMap<string, string | null>,
): { readonly step: string; readonly threshold: number } | null {
  const made = steps.flatMap(({ name, method, summary }) => {
    const parsed = sources.get(name) === scores ? thresholdSummary.safeParse(summary) : undefined
    return parsed?.success === true ? [{ step: name, method, threshold: parsed.data.threshold }] : []
  })
  const first = made.find(({ method }) => method === 'threshold') ?? made[0]
  return first === undefined ? null : { step: first.step, threshold: first.threshold }
}
