import type { Evaluation, FigureOrigin, ThresholdSweep } from '../../shared/contract/evaluation'
import { boundaryIou, meanBoundaryIou } from '../../shared/metrics/boundary'
import { flatteringChoices, upstreamNotes } from '../../shared/metrics/stepChoices'
import { trainedPhotosNotes } from '../../shared/metrics/trainedPhotos'
import { someNames } from '../../shared/someNames'
import { counted, percent } from './format'
import { table } from './table'

/** What a figure was measured on, as lines that stand above it. */
export function originText(origin: FigureOrigin): string {
  const { run, runName, step, split, images, datasetHash, seed, withoutMask, withoutTruth } = origin
  const lines = [
    `${step} of run ${run} (${runName}, seed ${seed})`,
    `${counted(images, 'photo')} of split ${split}, dataset ${datasetHash.slice(0, 12)}`,
  ]
  const threshold = thresholdText(origin)
  if (threshold !== undefined) lines.push(threshold)
  lines.push(...upstreamNotes(origin), ...trainedPhotosNotes(origin.summary))
  if (withoutMask.length > 0)
    lines.push(`${counted(withoutMask.length, 'photo')} without a mask, in no figure: ${shortened(withoutMask)}`)
  lines.push(...personText(origin))
  if (withoutTruth > 0) lines.push(`${counted(withoutTruth, 'photo')} without ${truthName(origin)}, in no figure`)
  return lines.join('\n')
}

/** What a person has to do with a figure. */
function personText({ truth, masks, editedMasks, images }: FigureOrigin): readonly string[] {
  const lines: string[] = []
  if (masks === 'corrected') lines.push("a person's masks where there are any, else the step's")
  if (editedMasks > 0) lines.push(`${percent(editedMasks)} % of the masks corrected by hand`)
  if (truth !== undefined)
    lines.push(`measured against a person's corrections on ${truth.corrected} of ${counted(images, 'photo')}`)
  return lines
}

function truthName({ truth }: FigureOrigin): string {
  if (truth === undefined) return 'ground truth'
  return truth.kind === 'corrections' ? 'an accepted or edited mask' : 'ground truth or an accepted or edited mask'
}

/** A threshold that was chosen on the photos it is reported on flatters them: it is said beside every figure. */
function thresholdText(origin: FigureOrigin): string | undefined {
  const { threshold, chosenOn } = origin.summary
  if (typeof threshold !== 'number') return undefined
  const own = flatteringChoices(origin).some(({ step }) => step === origin.step)
  const how: Record<string, string> = {
    truth: `chosen on the ground truth of ${own ? 'the photos it is reported on' : 'other photos'}`,
    given: 'as given',
    fixed: 'the default: no photo had ground truth to choose one on',
  }
  return `threshold ${threshold.toFixed(2)}, ${how[String(chosenOn)] ?? String(chosenOn)}`
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
      percent(value),
    ),
  ])
  const mean = [
    'mean',
    percent(scores.meanIou.value),
    percent(boundary === null ? null : meanBoundaryIou(boundary)),
    ...[scores.precision.all, scores.recall.all].map(({ value }) => percent(value)),
    ...[scores.falsePositive, scores.falseNegative].map(({ value }) => percent(value)),
  ]
  return [
    originText(evaluation),
    '',
    table(columns, [...rows, mean]),
    '',
    `mIoU ${percent(scores.meanIou.value, 2)} %${undefinedText(evaluation)} · FP and FN are means over the classes ` +
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
    percent(row.meanIou, 2),
    percent(row.falsePositive),
    percent(row.falseNegative),
  ])
  return [
    originText(sweep),
    '',
    table(columns, rows),
    '',
    `best: mIoU ${percent(sweep.best.meanIou, 2)} % at ${sweep.best.threshold.toFixed(2)}, chosen on these very photos`,
  ].join('\n')
}

function undefinedText({ scores, rules }: Evaluation): string {
  const { undefinedClasses } = scores.meanIou
  const where = rules.averaging === 'defined' ? 'in neither truth nor masks' : 'not in the truth'
  return undefinedClasses === 0 ? '' : ` (${countedClasses(undefinedClasses)} ${where} left out)`
}

function countedClasses(count: number): string {
  return `${count} ${count === 1 ? 'class' : 'classes'}`
}

function shortened(names: readonly string[]): string {
  const shown = someNames(names)
  return shown === names.join(', ') ? shown : `${shown} (all with --json)`
}
