import type { Dataset } from '../../shared/contract/dataset'
import type { TrainingState } from './checkpoint'

/**
 * What a checkpoint must share with the run that goes on from it: seed, photos, dataset and options.
 *
 * @param free options that may differ between the two, since they change no weight
 * @param photos how many are trained on
 */
export function trainingIdentity<Options extends object>(
  options: Options,
  free: readonly (keyof Options & string)[],
  { dataset, seed }: { readonly dataset: Pick<Dataset, 'hash'>; readonly seed: number },
  photos: number,
): TrainingState['identity'] {
  const settings = Object.entries(options).filter(([name]) => !(free as readonly string[]).includes(name))
  return { seed, photos, dataset: dataset.hash, options: JSON.stringify(Object.fromEntries(settings)) }
}
