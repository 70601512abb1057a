import { mkdir } from 'node:fs/promises'
import { assertNever, isCancellation, toErrorData, WorkbenchError } from '../../../shared/errors'
import { findMethod, type MethodContext, type MethodRegistry } from '../../methods/index'
import type { PoolClient } from '../../pool/poolClient'
import type { FromWorker, InspectionOrder, StepOrder, ToWorker } from './messages'
import { StepControl } from './stepControl'
import type { WorkerEnd } from './workerEnd'

/**
 * Serves the steps that main orders, one at a time, until it says `close`.
 * @returns once the worker may end; what the caller opened it then closes
 */
export function serveSteps(end: WorkerEnd, pool: PoolClient, registry: MethodRegistry): Promise<void> {
  let control: StepControl | undefined
  let running: Promise<void> = Promise.resolve()
  // What was asked for ahead and is waited for by nobody: a cancellation rejects it too, which is no news; anything
  // else fails the step with its own sentence instead of ending the worker with a stack.
  process.on('unhandledRejection', error => {
    if (!isCancellation(error)) end.send({ type: 'failed', error: toErrorData(error) })
  })
  process.on('rejectionHandled', () => undefined) // waited for after all: Node would print a warning
  return new Promise(resolve => {
    end.listen((message: ToWorker) => {
      switch (message.type) {
        case 'step':
          control = new StepControl(() => end.send({ type: 'paused' }))
          running = runStep(message.order, control, pool, registry, end.send).then(end.send)
          break
        case 'inspect':
          running = inspect(message.order, pool, registry).then(end.send)
          break
        case 'pause':
          control?.pause()
          break
        case 'resume':
          control?.resume()
          break
        case 'cancel':
          control?.cancel()
          break
        case 'close':
          control?.cancel() // the engine is closed next: no step may be using it then
          void running.then(resolve)
          break
        default:
          assertNever(message)
      }
    })
  })
}

/** Runs one step to its last message; it never throws. */
async function runStep(
  order: StepOrder,
  control: StepControl,
  pool: PoolClient,
  registry: MethodRegistry,
  send: (message: FromWorker) => void,
): Promise<FromWorker> {
  try {
    const definition = findMethod(order.method, registry)
    const options = definition.options.parse(order.options)
    await mkdir(order.folder, { recursive: true })
    const { run } = await definition.load()
    const { summary } = await run(options, contextOf(order, control, pool, send))
    return { type: 'done', summary, peakMemory: process.resourceUsage().maxRSS * 1024 }
  } catch (error) {
    if (isCancellation(error) && control.signal.aborted) return { type: 'cancelled' }
    return { type: 'failed', error: errorOfStep(error) }
  }
}

/** Looks into a finished step; it never throws. */
async function inspect(order: InspectionOrder, pool: PoolClient, registry: MethodRegistry): Promise<FromWorker> {
  try {
    const { title, options, loadInspection } = findMethod(order.method, registry)
    if (loadInspection === undefined) throw new WorkbenchError('UNSUPPORTED', `${title} has no prototypes to look at.`)
    const { inspect: look } = await loadInspection()
    const { signal } = new AbortController()
    return { type: 'inspected', similarity: await look(options.parse(order.options), { ...order, pool, signal }) }
  } catch (error) {
    return { type: 'failed', error: errorOfStep(error) }
  }
}

/** An abort that nobody asked for is a mistake of ours, not a cancellation. */
function errorOfStep(error: unknown) {
  if (process.env['MASKWRIGHT_DEBUG'] === '1') console.error(error)
  if (!isCancellation(error)) return toErrorData(error)
  return toErrorData(
    new WorkbenchError('INTERNAL', 'the step was aborted, though nobody cancelled it', { cause: error }),
  )
}

function contextOf(
  order: StepOrder,
  control: StepControl,
  pool: PoolClient,
  send: (message: FromWorker) => void,
): MethodContext {
  return {
    dataset: order.dataset,
    seed: order.seed,
    attempt: order.attempt,
    signal: control.signal,
    inputs: order.inputs,
    folder: order.folder,
    blobFolder: order.blobFolder,
    cacheFolder: order.cacheFolder,
    cacheBudget: order.cacheBudget,
    pool,
    existing: order.existing,
    progress: progress => send({ type: 'progress', progress, memory: process.memoryUsage.rss() }),
    log: line => send({ type: 'log', line }),
    metric: (name, value, at) => send({ type: 'metric', name, value, at: at ?? null }),
    artifact: artifact => send({ type: 'artifact', artifact }),
    checkpoint: () => control.checkpoint(),
  }
}
