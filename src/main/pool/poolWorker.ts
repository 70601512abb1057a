import { getPriority, setPriority } from 'node:os'
import { move, transferableSymbol, valueSymbol } from 'piscina'
import sharp from 'sharp'
import { failure, success, type PoolCall } from './outcome'
import { stopCheckOf } from './stopFlag'
import { runTask } from './tasks'
import { transferables } from './transfer'

// The pool's threads are the parallelism: libvips must neither add its own nor keep what it decoded.
sharp.concurrency(1)
sharp.cache(false)

// The engine's threads and the window's answers come first: what is computed here (fields, label maps, figures; not what
// sharp decodes in threads of its own) fills what they leave of the cores. On Linux a priority is a thread's own; elsewhere
// it would be that of the whole process. It is never raised, which is refused to most, where Maskwright itself runs low.
if (process.platform === 'linux') setPriority(0, Math.min(19, getPriority(0) + 5))

/** Runs one task in a thread of the pool. Typed arrays of the result are moved, not copied. */
export default async function handle({ name, input, stop }: PoolCall): Promise<unknown> {
  const outcome = await runTask(name, input, stopCheckOf(stop)).then(success, failure)
  return move({
    get [transferableSymbol]() {
      return transferables(outcome)
    },
    get [valueSymbol]() {
      return outcome
    },
  })
}
