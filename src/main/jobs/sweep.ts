import type { SweepRow, ThresholdSweep, TruthKind } from '../../shared/contract/evaluation'
import { addToSweep, bestThreshold, emptySweep, sweepCurve, type SweepPoint } from '../../shared/metrics/sweep'
import type { Project } from '../db/open'
import type { RunRow } from '../db/schema'
import { forEachInPool, type PoolWorkContext } from '../pool/forEachInPool'
import { measuredPhotos } from './figureOrigin'
import { findScoreStep, planOf } from './findStep'

/** Every threshold from 0.00 to 1.00 by 0.01 against what is true, from one pass over the stored score maps. */
export async function sweepThresholds(
  project: Project,
  run: RunRow,
  stepName: string | undefined,
  truth: TruthKind,
  work: PoolWorkContext,
): Promise<ThresholdSweep> {
  const plan = planOf(run)
  const step = findScoreStep(plan, stepName)
  const { origin, photos, classes } = measuredPhotos(project, run, plan, step, 'scores', { truth })
  const total = emptySweep(classes.length - 1)
  await forEachInPool(work, photos, `sweeping ${step.name}`, async ({ blob, truth }) => {
    addToSweep(total, await work.pool.run('sweepHistogram', { scores: blob, truth, classes: classes.length - 1 }))
  })
  const curve = sweepCurve(total)
  return { ...origin, classes, curve: curve.map(rowOf), best: rowOf(bestThreshold(curve)) }
}

function rowOf({ threshold, scores }: SweepPoint): SweepRow {
  return {
    threshold,
    meanIou: scores.meanIou.value,
    iou: scores.perClass.map(({ iou }) => iou),
    falsePositive: scores.falsePositive.value,
    falseNegative: scores.falseNegative.value,
  }
}
