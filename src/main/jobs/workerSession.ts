import { WorkbenchError } from '../../shared/errors'
import type { PrototypeSimilarity } from '../../shared/prototypes/similarity'
import type { EngineRecord, FromWorker, InspectionOrder, StepOrder } from './protocol/messages'
import type { RunControl } from './runControl'
import { exitError, type Isolation, type WorkerHost } from './workerHost'

export type StepOutcome = Extract<FromWorker, { readonly type: 'done' | 'cancelled' }>
/** What a step says before it ends. */
export type StepReport = Exclude<FromWorker, { readonly type: 'ready' | 'done' | 'cancelled' | 'failed' | 'inspected' }>

/** A cancelled step that has not stopped by then is in a native call that no message reaches. */
const cancelPatienceMs = 20_000

/** Waits until the worker has opened its engine. @throws what it met instead */
export async function engineOf(worker: WorkerHost, isolation: Isolation): Promise<EngineRecord> {
  return converse(worker, isolation, (message, { resolve, reject }) => {
    if (message.type === 'ready') resolve(message.engine)
    else if (message.type === 'failed') reject(new WorkbenchError(message.error.code, message.error.message))
  })
}

/**
 * Orders one step and passes its reports on.
 * @throws what the step met, what `report` throws (a full disk), or that the worker died
 */
export async function orderStep(
  worker: WorkerHost,
  isolation: Isolation,
  order: StepOrder,
  control: RunControl,
  report: (message: StepReport) => void,
): Promise<StepOutcome> {
  let timer: NodeJS.Timeout | undefined
  const giveUp = () => {
    timer = setTimeout(() => void worker.kill(), cancelPatienceMs)
  }
  control.signal.addEventListener('abort', giveUp, { once: true })
  try {
    const outcome = converse<StepOutcome>(worker, isolation, (message, { resolve, reject }) => {
      if (message.type === 'done' || message.type === 'cancelled') resolve(message)
      else if (message.type === 'failed') reject(new WorkbenchError(message.error.code, message.error.message))
      else if (message.type !== 'ready' && message.type !== 'inspected') report(message)
    })
    worker.send({ type: 'step', order })
    control.attach(worker.send)
    return await outcome
  } catch (error) {
    if (control.signal.aborted) return { type: 'cancelled' } // it was killed because it did not stop in time
    throw error
  } finally {
    clearTimeout(timer)
    control.signal.removeEventListener('abort', giveUp)
    control.detach()
  }
}

/** Has one photo and class of a finished step looked into. @throws what it met, or that the worker died */
export async function orderInspection(
  worker: WorkerHost,
  isolation: Isolation,
  order: InspectionOrder,
): Promise<PrototypeSimilarity> {
  const answer = converse<PrototypeSimilarity>(worker, isolation, (message, { resolve, reject }) => {
    if (message.type === 'inspected') resolve(message.similarity)
    else if (message.type === 'failed') reject(new WorkbenchError(message.error.code, message.error.message))
  })
  worker.send({ type: 'inspect', order })
  return answer
}

interface Settle<Answer> {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/** Listens until the answer is there, or the worker is gone. */
async function converse<Answer>(
  worker: WorkerHost,
  isolation: Isolation,
  hear: (message: FromWorker, settle: Settle<Answer>) => void,
): Promise<Answer> {
  let stop: (() => void) | undefined
  try {
    return await new Promise<Answer>((resolve, reject) => {
      stop = worker.listen(message => {
        try {
          hear(message, { resolve, reject })
        } catch (error) {
          reject(error)
        }
      })
      void worker.exit.then(exit => reject(exitError(exit, isolation)))
    })
  } finally {
    stop?.()
  }
}
