import { WorkbenchError } from '../../../../shared/errors'
import type { MethodContext, StepResult } from '../../context'
import { onTaughtPhotos } from '../../taughtPhotos'
import type { SfcOptions } from './options'
import { sfcClassTable } from './classTable'
import { assertBatch } from './assertBatch'
import { trainFrozen } from './trainFrozen'
import { trainWhole } from './trainWhole'

/** Trains SFC by the way chosen. */
export async function run(options: SfcOptions, context: MethodContext): Promise<StepResult> {
  const taught = onTaughtPhotos(context)
  assertPhotos(options, taught)
  return options.train === 'head' ? trainFrozen(options, taught) : trainWhole(options, taught)
}

/** What a training could only fail or learn nothing on, and what it cannot learn of some classes. */
function assertPhotos(options: SfcOptions, { dataset, log }: MethodContext): void {
  const { images, classes } = dataset
  if (images.every(({ labels }) => labels.length === 0))
    throw new WorkbenchError('BAD_INPUT', `None of the ${images.length} photos has a label: import labels first.`)
  assertBatch(images.length, options)
  const table = sfcClassTable(
    classes,
    images.map(({ labels }) => labels),
    options,
  )
  for (const row of table)
    log(
      `${row.class}: ${row.photos} photos (${row.group}), ${row.bankDraws.toFixed(1)} bank draws a pass, ` +
        `coefficient ${row.coefficient.toFixed(3)}`,
    )
  const unseen = table.filter(({ photos }) => photos === 0).map(row => `"${row.class}"`)
  if (unseen.length > 0) log(`No photo shows ${unseen.join(', ')}: nothing is learnt of it, and it has no weight.`)
  if (classes.length === 1)
    log('There is one class: nothing is shared among classes, so that SFC has nothing to calibrate but its background.')
}
