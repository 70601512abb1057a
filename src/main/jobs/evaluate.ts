import type { Evaluation } from '../../shared/contract/evaluation'
import { addConfusion } from '../../shared/metrics/confusion'
import { scoresFromConfusion } from '../../shared/metrics/scores'
import type { Project } from '../db/open'
import type { RunRow } from '../db/schema'
import { forEachInPool, type PoolWorkContext } from '../pool/forEachInPool'
import { measuredPhotos } from './figureOrigin'
import { findLabelStep, planOf } from './findStep'

/**
 * Measures the label maps of a step against the ground truth: one pass over the photos, in the pool.
 * Void pixels of the truth are in no figure; photos without truth or without a mask are counted and named.
 */
export async function evaluate(
  project: Project,
  run: RunRow,
  stepName: string | undefined,
  work: PoolWorkContext,
): Promise<Evaluation> {
  const plan = planOf(run)
  const step = findLabelStep(plan, stepName)
  const { origin, photos, classes } = measuredPhotos(project, run, plan, step, 'labels')
  const total = new Float64Array(classes.length ** 2)
  await forEachInPool(work, photos, `evaluating ${step.name}`, async ({ blob, truth }) => {
    const { matrix } = await work.pool.run('confusion', { labels: blob, truth, classes: classes.length - 1 })
    addConfusion(total, matrix)
  })
  return { ...origin, classes, scores: scoresFromConfusion(total), confusion: [...total] }
}
