import type { Dataset } from '../../shared/contract/dataset'
import { averagePrecision, meanAveragePrecision } from '../../shared/metrics/averagePrecision'

/** Who takes the figures: the step that trains. */
export interface PrecisionSink {
  readonly dataset: Pick<Dataset, 'classes'>
  readonly metric: (name: string, value: number, at?: number) => void
}

/**
 * Records mAP and the AP of each class.
 *
 * @param of      what they were measured on: part of the metric's name, for no reader may take one for another
 * @param scores  `[photos, classes]`, higher is likelier
 * @param targets `[photos, classes]`, 0 or 1
 * @param at      epoch, where there are several
 */
export function reportPrecision(
  of: string,
  scores: Float32Array,
  targets: Uint8Array,
  { dataset, metric }: PrecisionSink,
  at?: number,
): Record<string, unknown> {
  const { classes } = dataset
  const column = <Values extends Float32Array | Uint8Array>(values: Values, n: number) =>
    values.filter((_, i) => i % classes.length === n)
  const perClass = classes.map((_, n) => averagePrecision(column(scores, n), column(targets, n)))
  const mean = meanAveragePrecision(perClass)
  perClass.forEach((value, n) => value !== null && metric(`${of}: ${classes[n]}`, value, at))
  if (mean !== null) metric(of, mean, at)
  return { [of]: mean, averagePrecision: Object.fromEntries(classes.map((name, n) => [name, perClass[n]])) }
}
