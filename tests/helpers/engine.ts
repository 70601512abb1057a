import { openEngine, type Engine } from '../../src/main/engine/backend'
import { locateEngine } from '../../src/main/engine/locate'

let opened: Engine | undefined

/** The real TensorFlow on the CPU, opened once a process: test files that follow each other in one share it. */
export function testEngine(): Engine {
  opened ??= openEngine({ ...locateEngine({ device: 'cpu' }), intraOpThreads: 2 })
  return opened
}
