import { Worker } from 'node:worker_threads'
import { assertNever, WorkbenchError } from '../../shared/errors'
import { builtFile } from '../builtFile'
import type { SampleSummary } from '../sample/makeSample'
import type { SampleOptions } from '../sample/options'
import type { FromSampleWorker, SampleOrder } from '../sample/sampleMessages'
import type { Work } from './projectSession'

/** Draws the sample's photos and masks into `folder` in a thread of its own; a cancelled one leaves nothing. */
export async function drawSample(folder: string, options: SampleOptions, work: Work): Promise<SampleSummary> {
  work.signal.throwIfAborted()
  const worker = new Worker(builtFile('sampleWorker.js'), { workerData: { folder, options } satisfies SampleOrder })
  const stop = () => worker.postMessage('stop')
  work.signal.addEventListener('abort', stop, { once: true })
  try {
    return await new Promise<SampleSummary>((resolve, reject) => {
      worker.on('message', (message: FromSampleWorker) => {
        switch (message.type) {
          case 'progress':
            return work.progress({ done: message.done, total: message.total, unit: 'photos', stage: 'drawing photos' })
          case 'done':
            return resolve(message.summary)
          case 'cancelled':
            return reject(work.signal.reason as Error)
          case 'failed':
            return reject(new WorkbenchError(message.error.code, message.error.message))
          default:
            return assertNever(message)
        }
      })
      worker.once('error', reject)
      worker.once('exit', () =>
        reject(new WorkbenchError('INTERNAL', 'The drawing of the sample ended without a word.')),
      )
    })
  } finally {
    work.signal.removeEventListener('abort', stop)
    await worker.terminate()
  }
}
