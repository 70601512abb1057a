import { fork, type ChildProcess } from 'node:child_process'
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import { WorkbenchError } from '../../shared/errors'
import type { FromWorker, ToWorker, WorkerSettings } from './protocol/messages'
import { settingsVariable, type ProcessMessage, type ThreadStart } from './protocol/workerEnd'

/** Where the compute worker runs. */
export type Isolation = 'thread' | 'process'

/** How a worker ended: by itself with a code, by a signal, or by an error that nobody caught. */
export interface WorkerExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly error?: unknown
}

/** The compute worker as main sees it, wherever it runs. Whoever starts it disposes it. */
export interface WorkerHost extends AsyncDisposable {
  readonly send: (message: ToWorker) => void
  /** @returns what stops the listening */
  readonly listen: (listener: (message: FromWorker) => void) => () => void
  /** Ends the worker at once, whatever it is doing; a thread that cannot be ended is left behind. */
  readonly kill: () => Promise<void>
  /** Resolves when the worker is gone or left behind, for whatever reason; never rejects. */
  readonly exit: Promise<WorkerExit>
}

export interface WorkerStart {
  /** Absolute path of the built worker. */
  readonly script: string
  readonly isolation: Isolation
  readonly settings: WorkerSettings
  /** Serves the CPU pool on a port until it is closed. */
  readonly servePool: (port: MessagePort) => void
}

/** How long a worker may take to end by itself before it is made to. */
const patienceMs = 5_000
/** How long a thread may take that is made to end: it waits for the native call that it is in. */
const terminationMs = 10_000

/** Starts `worker.js` in a thread or in a process of its own, with a way to the pool. */
export function startWorker(start: WorkerStart): WorkerHost {
  const { port1: poolSide, port2: workerSide } = new MessageChannel()
  start.servePool(poolSide)
  return start.isolation === 'thread' ? threadHost(start, workerSide) : processHost(start, workerSide, poolSide)
}

function threadHost({ script, settings }: WorkerStart, poolPort: MessagePort): WorkerHost {
  const workerData: ThreadStart = { settings, poolPort }
  const worker = new Worker(script, { workerData, transferList: [poolPort] })
  let leave!: (exit: WorkerExit) => void
  const exit = new Promise<WorkerExit>(resolve => {
    leave = resolve
    worker.once('error', error => resolve({ code: 1, signal: null, error }))
    worker.once('exit', code => resolve({ code, signal: null }))
  })
  const kill = async () => {
    void worker.terminate()
    if (!(await endsInTime(exit, terminationMs))) leave({ code: null, signal: null, error: leftBehind() })
    await exit
  }
  return {
    send: message => worker.postMessage(message),
    listen: listener => {
      worker.on('message', listener)
      return () => worker.off('message', listener)
    },
    kill,
    exit,
    [Symbol.asyncDispose]: async () => {
      worker.postMessage({ type: 'close' } satisfies ToWorker)
      if (!(await endsInTime(exit, patienceMs))) await kill()
      await exit
    },
  }
}

function processHost({ script, settings }: WorkerStart, near: MessagePort, poolSide: MessagePort): WorkerHost {
  const child = fork(script, {
    env: { ...process.env, [settingsVariable]: JSON.stringify(settings) },
    serialization: 'advanced',
    // Of its own process group: a terminal's Ctrl-C reaches main alone, which then lets the worker save its state.
    detached: true,
    stdio: ['ignore', 2, 2, 'ipc'], // standard output is main's: with --json it holds one document
  })
  const exit = new Promise<WorkerExit>(resolve => {
    child.once('error', error => resolve({ code: 1, signal: null, error }))
    child.once('close', (code, signal) => resolve({ code, signal })) // after the last message, unlike `exit`
  })
  void exit.then(() => {
    near.close()
    poolSide.close()
  })
  near.on('message', payload => sendToChild(child, { channel: 'pool', payload }))
  child.on('message', (message: ProcessMessage<FromWorker>) => {
    if (message.channel === 'pool') near.postMessage(message.payload)
  })
  return {
    send: message => sendToChild(child, { channel: 'main', message }),
    listen: listener => {
      const unwrap = (message: ProcessMessage<FromWorker>) => {
        if (message.channel === 'main') listener(message.message)
      }
      child.on('message', unwrap)
      return () => child.off('message', unwrap)
    },
    kill: async () => {
      child.kill('SIGKILL')
      await exit
    },
    exit,
    [Symbol.asyncDispose]: async () => {
      sendToChild(child, { channel: 'main', message: { type: 'close' } })
      if (!(await endsInTime(exit, patienceMs))) child.kill('SIGKILL')
      await exit
    },
  }
}

/** A child that is gone reads nothing; its `exit` says so to whoever waits for an answer. */
function sendToChild(child: ChildProcess, message: ProcessMessage<ToWorker>): void {
  if (child.connected) child.send(message)
}

/**
 * A thread whose read is never answered, as of a pipe or of a drive that went away, cannot be ended. No JavaScript runs in
 * it any more, so that whoever waits for it may go on.
 */
function leftBehind(): WorkbenchError {
  const remedy = 'Is a file that it reads a pipe, or on a drive that does not answer? Then start Maskwright again.'
  return new WorkbenchError(
    'ENGINE_FAILED',
    `The compute worker could not be ended: it waits for the system. ${remedy}`,
  )
}

async function endsInTime(exit: Promise<WorkerExit>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>(resolve => {
    timer = setTimeout(() => resolve(false), milliseconds)
  })
  try {
    return await Promise.race([exit.then(() => true as const), late])
  } finally {
    clearTimeout(timer)
  }
}

/** The worker is gone in the middle of its work: not what the recipe asked for is wrong, so a run starts it again. */
export class WorkerDeath extends WorkbenchError {}

/** What a worker's death without a last message means for the person who started the run. */
export function exitError({ code, signal, error }: WorkerExit, isolation: Isolation): WorkbenchError {
  if (error instanceof WorkbenchError) return error
  const how =
    error instanceof Error
      ? `stopped with "${error.message}"`
      : signal !== null
        ? `was ended by ${signal}`
        : `stopped with exit code ${code ?? 'unknown'}`
  const remedy =
    isolation === 'thread'
      ? 'With the setting compute.isolation=process a native failure ends the worker alone.'
      : signal === 'SIGKILL'
        ? 'The system may have run out of memory: smaller scales or a smaller batch need less.'
        : 'TensorFlow may have aborted: `maskwright engine doctor` tests it.'
  return new WorkerDeath('ENGINE_FAILED', `The compute worker ${how}. ${remedy}`, { cause: error })
}
