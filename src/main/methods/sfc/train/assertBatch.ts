import { WorkbenchError } from '../../../../shared/errors'
import type { SfcOptions } from './options'

/** @throws BAD_INPUT where the photos that can be trained on do not fill one batch: no step would be made of them */
export function assertBatch(photos: number, { batch }: Pick<SfcOptions, 'batch'>, unreadable = 0): void {
  if (photos === 0)
    throw new WorkbenchError('BAD_INPUT', `None of the ${unreadable} photos can be read: see the log for the reasons.`)
  if (photos >= batch) return
  const broken = unreadable === 0 ? '' : ` (${unreadable} more cannot be read)`
  throw new WorkbenchError(
    'BAD_INPUT',
    `${photos} photos${broken} are fewer than a batch of ${batch}: set sfc.batch to ${photos} or less.`,
  )
}
