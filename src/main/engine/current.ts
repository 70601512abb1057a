import { WorkbenchError } from '../../shared/errors'
import type { Engine } from './backend'

let current: Engine | undefined

/** Makes `engine` the one that layers and methods of this thread use. */
export function setCurrentEngine(engine: Engine | undefined): void {
  current = engine
}

/** The engine of this thread. @throws INTERNAL when none is open: only the compute worker opens one */
export function currentEngine(): Engine {
  if (current === undefined) throw new WorkbenchError('INTERNAL', 'no engine is open on this thread')
  return current
}
