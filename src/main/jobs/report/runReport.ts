import { defaultScoreRules } from '../../../shared/metrics/scoreRules'
import type { EvaluationSummary, StoredEvaluation } from '../../../shared/contract/evaluation'
import { isSameFilter } from '../../../shared/contract/imageFilterText'
import type { Curve } from '../../db/metricRepo'
import type { Project } from '../../db/open'
import type { MetricRow, RunRow, RunStepRow } from '../../db/schema'
import type { PoolWorkContext } from '../../pool/forEachInPool'
import { datasetOfRun } from '../figureOrigin'
import { labelSteps, planOf } from '../findStep'
import type { Plan } from '../recipes'
import { makeSheet } from '../sheet'

/** Everything that a report tells of a run, read once. */
export interface RunReport {
  readonly project: string
  readonly run: RunRow
  readonly plan: Plan
  readonly steps: readonly RunStepRow[]
  readonly dataset: {
    readonly classes: readonly string[]
    readonly photos: number
    readonly withTruth: number
    /** Photos labelled with each class. */
    readonly labelled: readonly number[]
    /** The dataset as it is now; a run whose hash differs was made on another state of it. */
    readonly hash: string
  }
  readonly curves: readonly Curve[]
  readonly figures: readonly MetricRow[]
  /** The newest of each step with label maps, on all photos, in the recipe's order; all of one kind of masks and truth. */
  readonly evaluations: readonly StoredEvaluation[]
  readonly pictures: readonly ReportPicture[]
}

export interface ReportPicture {
  readonly caption: string
  /** Stems of the photos, from above. */
  readonly photos: readonly string[]
  readonly jpeg: Uint8Array
}

export interface ReportOptions {
  /** Photos a contact sheet; 0: no pictures. */
  readonly photos: number
}

/** Points of a curve that a page shows; the extremes of every stretch are among them. */
const MOST_POINTS = 500
const CELL_WIDTH = 200 // px

/** Reads what there is; figures that nobody measured are not measured here. */
export async function collectReport(
  project: Project,
  run: RunRow,
  { photos }: ReportOptions,
  work: PoolWorkContext,
): Promise<RunReport> {
  const plan = planOf(run)
  const { classes, images, hash } = datasetOfRun(project, run)
  const evaluations = evaluationsOf(project, run, plan)
  return {
    project: project.folder.split(/[\\/]/).at(-1) ?? '',
    run,
    plan,
    steps: project.runs.steps(run.id),
    dataset: {
      classes,
      photos: images.length,
      withTruth: images.filter(({ truth }) => truth !== undefined).length,
      labelled: classes.map((_, place) => images.filter(({ labels }) => labels.includes(place)).length),
      hash,
    },
    curves: project.metrics.curves(run.id, MOST_POINTS),
    figures: project.metrics.figures(run.id),
    evaluations,
    pictures: photos === 0 || images.length === 0 ? [] : await picturesOf(project, run, evaluations, photos, work),
  }
}

/**
 * The newest figures of every step on all photos. Only what may stand side by side: the steps' own masks against ground
 * truth, and what else was measured (a person's masks, or against them) only where no step has such figures.
 */
function evaluationsOf(project: Project, run: RunRow, plan: Plan): StoredEvaluation[] {
  const steps = labelSteps(plan).map(({ name }) => name)
  const ofAll = project.evaluations
    .page({ limit: 1000, run: run.id })
    .filter(({ step, subset }) => steps.includes(step) && isSameFilter(subset ?? {}, {}))
  const isPlain = ({ masks, truth }: EvaluationSummary) => masks === undefined && truth === undefined
  const shown = ofAll.find(isPlain) ?? ofAll[0]
  const alike = ofAll.filter(({ masks, truth }) => masks === shown?.masks && truth?.kind === shown?.truth?.kind)
  return steps.flatMap(name => {
    const ofStep = alike.filter(({ step }) => step === name)
    const newest = ofStep.find(({ rules }) => rules.averaging === defaultScoreRules.averaging) ?? ofStep[0]
    return newest === undefined ? [] : [project.evaluations.get(newest.id)]
  })
}

/** Photos spread over the dataset, and those that the last step with figures got most wrong. */
async function picturesOf(
  project: Project,
  run: RunRow,
  evaluations: readonly StoredEvaluation[],
  count: number,
  work: PoolWorkContext,
): Promise<ReportPicture[]> {
  const options = { count, cellWidth: CELL_WIDTH, format: 'jpeg' } as const
  const spread = await makeSheet(project, run, options, work)
  const pictures = [{ caption: 'Photos spread over the dataset', photos: spread.photos, jpeg: spread.bytes }]
  const last = evaluations.at(-1)
  if (last === undefined) return pictures
  const query = { evaluations: [last.id], by: last.id, choice: { kind: 'all' }, order: 'share', offset: 0, limit: count } as const // prettier-ignore
  const worst = project.evaluations.photos(query).rows.map(({ stem }) => stem)
  if (worst.length === 0) return pictures
  const sheet = await makeSheet(project, run, { ...options, photos: worst }, work)
  return [...pictures, { caption: `Photos that ${last.step} got most wrong`, photos: worst, jpeg: sheet.bytes }]
}
