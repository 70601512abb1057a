import { MessageChannel, parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { WorkbenchError } from '../../../shared/errors'
import type { FromWorker, ToWorker, WorkerSettings } from './messages'

/** What travels when the worker is a child process: there the pool's messages share the one pipe. */
export type ProcessMessage<Message> =
  { readonly channel: 'main'; readonly message: Message } | { readonly channel: 'pool'; readonly payload: unknown }

/** What a worker thread is given in `workerData`. */
export interface ThreadStart {
  readonly settings: WorkerSettings
  readonly poolPort: MessagePort
}

/** The variable that carries the settings to a child process. */
export const settingsVariable = 'MASKWRIGHT_WORKER_SETTINGS'

/** The worker's side of the protocol: the same in a thread and in a process of its own. */
export interface WorkerEnd {
  readonly settings: WorkerSettings
  /** Leads to the CPU pool, which main owns. */
  readonly poolPort: MessagePort
  readonly send: (message: FromWorker) => void
  readonly listen: (listener: (message: ToWorker) => void) => void
  /** Lets the thread or process end by itself. */
  readonly close: () => void
}

/** @throws INTERNAL when this is neither a worker thread nor a child process of ours */
export function openWorkerEnd(): WorkerEnd {
  if (parentPort !== null) return threadEnd(parentPort, workerData as ThreadStart)
  const settings = process.env[settingsVariable]
  if (process.send !== undefined && settings !== undefined) return processEnd(JSON.parse(settings) as WorkerSettings)
  throw new WorkbenchError('INTERNAL', 'worker.js is started by Maskwright itself, not by hand.')
}

function threadEnd(port: MessagePort, { settings, poolPort }: ThreadStart): WorkerEnd {
  return {
    settings,
    poolPort,
    send: message => port.postMessage(message),
    listen: listener => port.on('message', listener),
    close: () => {
      poolPort.close()
      port.close()
    },
  }
}

function processEnd(settings: WorkerSettings): WorkerEnd {
  const { port1: near, port2: far } = new MessageChannel()
  const post = (message: ProcessMessage<FromWorker>) => {
    if (process.connected) process.send!(message)
  }
  far.on('message', payload => post({ channel: 'pool', payload }))
  process.on('message', (message: ProcessMessage<ToWorker>) => {
    if (message.channel === 'pool') far.postMessage(message.payload)
  })
  // Whoever started us is gone: nothing can be reported any more, and checkpoints are on disk.
  process.on('disconnect', () => process.exit(1))
  return {
    settings,
    poolPort: near,
    send: message => post({ channel: 'main', message }),
    listen: listener =>
      process.on('message', (message: ProcessMessage<ToWorker>) => {
        if (message.channel === 'main') listener(message.message)
      }),
    close: () => {
      near.close()
      process.removeAllListeners('disconnect')
      process.disconnect()
    },
  }
}
