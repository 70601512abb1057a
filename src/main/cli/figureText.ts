import type { Evaluation, FigureOrigin, ThresholdSweep } from '../../shared/contract/evaluation'
import { boundaryIou, meanBoundaryIou } from '../../shared/metrics/boundary'
import { originLines } from '../../shared/metrics/originLines'
import { countOf, percentOf, percentText } from '../../shared/text/amounts'
import { someNames } from '../../shared/text/someNames'
import { table } from './table'

/** What a figure was measured on, as lines that stand above it. */
export function originText(origin: FigureOrigin): string {
  const { run, runName, step, seed, withoutMask } = origin
  const isShortened = someNames(withoutMask) !== withoutMask.join(', ')
  return [
    `${step} of run ${run} (${runName}, seed ${seed})`,
    ...originLines(origin),
    ...(isShortened ? ['every photo without a mask is named with --json'] : []),
  ].join('\n')
}

/** Percent per class and their means. */
export function evaluationText(evaluation: Evaluation): string {
  const { classes, scores, boundary } = evaluation
  const edges = boundary === null ? [] : boundaryIou(boundary)
  const columns = [
    { title: 'class' },
    ...['IoU', 'boundary', 'precision', 'recall', 'FP', 'FN'].map(title => ({ title, align: 'right' as const })),
  ]
  const rows = scores.perClass.map((row, i) => [
    classes[i]!,
    ...[row.iou, edges[i] ?? null, row.precision, row.recall, row.falsePositive, row.falseNegative].map(value =>
      percentOf(value),
    ),
  ])
  const mean = [
    'mean',
    percentOf(scores.meanIou.value),
    percentOf(boundary === null ? null : meanBoundaryIou(boundary)),
    ...[scores.precision.all, scores.recall.all].map(({ value }) => percentOf(value)),
    ...[scores.falsePositive, scores.falseNegative].map(({ value }) => percentOf(value)),
  ]
  return [
    originText(evaluation),
    '',
    table(columns, [...rows, mean]),
    '',
    `mIoU ${percentText(scores.meanIou.value, 2)}${undefinedText(evaluation)} · FP and FN are means over the classes ` +
      `without background; ${rateText(evaluation)}`,
  ].join('\n')
}

function rateText({ rules }: FigureOrigin): string {
  return rules.rates === 'union' ? 'IoU + FP + FN = 100' : 'they are shares of the pixels that are right (SEAM)'
}

/** Every fifth threshold and the best one. */
export function sweepText(sweep: ThresholdSweep): string {
  const columns = ['threshold', 'mIoU', 'FP', 'FN'].map(title => ({ title, align: 'right' as const }))
  const shown = sweep.curve.filter((row, i) => i % 5 === 0 || row.threshold === sweep.best.threshold)
  const rows = shown.map(row => [
    row.threshold.toFixed(2),
    percentOf(row.meanIou, 2),
    percentOf(row.falsePositive),
    percentOf(row.falseNegative),
  ])
  return [
    originText(sweep),
    '',
    table(columns, rows),
    '',
    `best: mIoU ${percentText(sweep.best.meanIou, 2)} at ${sweep.best.threshold.toFixed(2)}, chosen on these very photos`,
  ].join('\n')
}

function undefinedText({ scores, rules }: Evaluation): string {
  const { undefinedClasses } = scores.meanIou
  const where = rules.averaging === 'defined' ? 'in neither truth nor masks' : 'not in the truth'
  return undefinedClasses === 0 ? '' : ` (${countOf(undefinedClasses, 'class', 'classes')} ${where} left out)`
}
