import { currentEngine } from '../../engine/current'
import type { MethodContext, StepResult } from '../context'
import { onTaughtPhotos } from '../taughtPhotos'
import type { ClassifierOptions } from './options'
import { trainHead } from './trainHead'
import { trainAll } from './trainAll'

/** Trains by the way chosen: `auto` fits the head on a CPU and fine-tunes on a GPU. */
export async function run(options: ClassifierOptions, context: MethodContext): Promise<StepResult> {
  const gpu = currentEngine().device.type === 'GPU'
  const way = options.train === 'auto' ? (gpu ? 'all' : 'head') : options.train
  if (options.train === 'auto') context.log(`train: ${way}, since the engine runs on a ${gpu ? 'GPU' : 'CPU'}`)
  const taught = onTaughtPhotos(context)
  return way === 'head' ? trainHead(options, taught) : trainAll(options, taught)
}
