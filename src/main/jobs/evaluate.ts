import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { Evaluation, MeasuredMasks, TruthKind } from '../../shared/contract/evaluation'
import type { ImageFilter } from '../../shared/contract/imageFilter'
import { addBoundaries } from '../../shared/metrics/boundary'
import { addConfusion, confusionCells } from '../../shared/metrics/confusion'
import type { ScoreRules } from '../../shared/metrics/scoreRules'
import { scoresFromConfusion } from '../../shared/metrics/scores'
import type { EvaluatedPhoto } from '../db/evaluationRepo'
import type { Project } from '../db/open'
import type { RunRow } from '../db/schema'
import { forEachInPool, type PoolWorkContext } from '../pool/forEachInPool'
import { measuredPhotos } from './figureOrigin'
import { findLabelStep, planOf } from './findStep'

export interface EvaluateOptions {
  /** A step with label maps, or the one that they are made from; the last with label maps when left out. */
  readonly step?: string
  readonly rules: ScoreRules
  /** Photos of the run's split that are meant; all of them when left out. */
  readonly subset?: ImageFilter
  readonly truth?: TruthKind | undefined
  readonly masks?: MeasuredMasks | undefined
}

/** An evaluation, and its row in the project; null where the project is only looked at. */
export interface KeptEvaluation extends Evaluation {
  readonly id: number | null
}

/**
 * Measures the label maps of a step against what is true, one pass over the photos in the pool, and keeps what was
 * measured. Void pixels of the truth are in no figure; photos without truth or without a mask are counted and named.
 */
export async function evaluate(
  project: Project,
  run: RunRow,
  { step: stepName, rules, ...options }: EvaluateOptions,
  work: PoolWorkContext,
): Promise<KeptEvaluation> {
  const plan = planOf(run)
  const step = findLabelStep(plan, stepName)
  const { origin, photos, classes, labelled } = measuredPhotos(project, run, plan, step, 'labels', {
    rules,
    ...options,
  })
  const total = new Float64Array(classes.length ** 2)
  const boundaries = { intersection: new Float64Array(classes.length), union: new Float64Array(classes.length) }
  const withTruth = new Array<number>(classes.length).fill(0)
  const measured: EvaluatedPhoto[] = []
  await forEachInPool(work, photos, `evaluating ${step.name}`, async ({ id, blob, truth }) => {
    const paths = { labels: blob, truth, classes: classes.length - 1 }
    const { matrix, boundary } = await work.pool.run('confusion', { ...paths, boundary: true })
    addConfusion(total, matrix)
    addBoundaries(boundaries, boundary!)
    const cells = confusionCells(matrix)
    for (const label of new Set(cells.map(cell => cell.truth))) withTruth[label]!++
    measured.push({ imageId: id, map: basename(blob), truth: basename(truth), cells })
  })
  const scores = scoresFromConfusion(total, rules)
  const boundary = { intersection: [...boundaries.intersection], union: [...boundaries.union] }
  const made = { ...origin, classes, scores, photos: { labelled, withTruth }, boundary, confusion: [...total] }
  return { id: project.readOnly ? null : project.evaluations.store(identityOf(made), made, measured), ...made }
}

/**
 * The same maps of the same step against the same truth: measuring them again is no other evaluation. A person's masks and
 * truth are another even where their pixels are the same, or their figures would take the place of the method's own.
 */
function identityOf({ masks, truth, ...made }: Evaluation): string {
  const { run, step, photosHash, truthHash, mapsHash, voidRule, classes } = made
  const byPerson = [masks, truth?.kind].filter(said => said !== undefined)
  const measured = [run, step, photosHash, truthHash, mapsHash, voidRule, classes, ...byPerson]
  return createHash('sha256').update(JSON.stringify(measured)).digest('hex')
}
