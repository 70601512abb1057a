import type { Dataset } from '../../shared/contract/dataset'
import { WorkbenchError } from '../../shared/errors'
import { findMethod, type MethodRegistry } from '../methods/index'
import type { Plan } from './recipes'

/**
 * What can be known before a run begins.
 * @returns sentences worth saying, though they stop nothing
 * @throws BAD_INPUT where the run could only fail or learn nothing
 */
export function preflight(dataset: Dataset, plan: Plan, registry: MethodRegistry): readonly string[] {
  const where = dataset.split === 'all' ? 'This project' : `The split "${dataset.split}"`
  if (dataset.images.length === 0)
    throw new WorkbenchError('BAD_INPUT', `${where} has no photos: import some with \`maskwright import\`.`)
  const trains = plan.steps.some(({ method }) => findMethod(method, registry).kind === 'train')
  if (trains && dataset.images.every(({ labels }) => labels.length === 0))
    throw new WorkbenchError(
      'BAD_INPUT',
      `${where} has ${dataset.images.length} photos and no label: import the labels with \`maskwright import --labels FILE\`.`,
    )
  return dataset.classes.flatMap((name, place) =>
    dataset.images.some(({ labels }) => labels.includes(place))
      ? []
      : [`No photo shows "${name}": no maps can be made for it. Import photos of it, or leave the class out.`],
  )
}
