import { parentPort, workerData } from 'node:worker_threads'
import { isCancellation, toErrorData } from '../../shared/errors'
import { makeSample } from './makeSample'
import type { FromSampleWorker, SampleOrder } from './sampleMessages'

/** Entry of a thread that draws the sample: a photo takes a fifth of a second, in which a window would stand still. */
const port = parentPort!
const { folder, options } = workerData as SampleOrder
const abort = new AbortController()
port.once('message', () => abort.abort())

function say(message: FromSampleWorker): void {
  port.postMessage(message)
}

try {
  const progress = (done: number, total: number) => say({ type: 'progress', done, total })
  say({ type: 'done', summary: await makeSample(folder, { ...options, signal: abort.signal, progress }) })
} catch (error) {
  say(isCancellation(error) ? { type: 'cancelled' } : { type: 'failed', error: toErrorData(error) })
} finally {
  port.close()
}
