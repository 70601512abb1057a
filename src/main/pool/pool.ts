import { Piscina } from 'piscina'
import { WorkbenchError } from '../../shared/errors'
import { untilAborted, valueOf, type PoolCall, type TaskOutcome } from './outcome'
import type { PoolClient, TaskInput, TaskName, TaskOutput } from './poolClient'
import { Slots } from './slots'
import { StopFlag } from './stopFlag'

/** The CPU pool itself. Whoever opens it closes it. */
export interface Pool extends PoolClient, AsyncDisposable {
  /** Lets running tasks end, refuses waiting ones, and ends the threads. */
  close(): Promise<void>
}

export interface PoolOptions {
  /** Tasks at once, each on a thread of its own. */
  readonly threads: number
  /** Absolute path of the built `poolWorker.js`. */
  readonly script: string
}

const IDLE_MS = 30_000

let sharp: Promise<unknown> | undefined

/**
 * sharp's libraries stay loaded while the main thread holds them: a pool thread that ended last would unload them under
 * the others (https://sharp.pixelplumbing.com/install/#worker-threads). They are loaded with the first task: they take a
 * third of what a command needs to start.
 */
function holdSharp(): Promise<unknown> {
  return (sharp ??= import('sharp'))
}

/**
 * Threads that decode, resize, measure and draw, without TensorFlow. Aborting a waiting task takes it out of the line;
 * a running one ends by itself, at its next look at the stop flag or within a second or so, and its result is dropped: a
 * thread killed while it writes would leave half a file.
 */
export function createPool({ threads, script }: PoolOptions): Pool {
  const piscina = new Piscina<PoolCall, TaskOutcome>({
    filename: script,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: IDLE_MS,
    // Waiting on an Atomics lock would stop a thread's event loop, and with it what it still has to clean up.
    atomics: 'disabled',
  })
  const slots = new Slots(threads)

  const running = new Set<Promise<unknown>>()

  async function execute<Name extends TaskName>(
    name: Name,
    input: TaskInput<Name>,
    signal: AbortSignal | undefined,
  ): Promise<TaskOutput<Name>> {
    const flag = new StopFlag()
    const raise = () => flag.raise()
    signal?.addEventListener('abort', raise, { once: true })
    const outcome = holdSharp().then(() => piscina.run({ name, input, stop: flag.shared }))
    running.add(outcome)
    try {
      return valueOf<Name>(await outcome)
    } finally {
      signal?.removeEventListener('abort', raise)
      running.delete(outcome)
      slots.release()
    }
  }

  return {
    threads,
    async run<Name extends TaskName>(
      name: Name,
      input: TaskInput<Name>,
      signal?: AbortSignal,
    ): Promise<TaskOutput<Name>> {
      await slots.take(signal)
      return untilAborted(execute(name, input, signal), signal)
    },
    async close() {
      slots.close(new WorkbenchError('INTERNAL', 'the pool is closed'))
      // piscina's own close() gives up tasks whose thread is still starting.
      await Promise.allSettled(running)
      await piscina.destroy()
    },
    [Symbol.asyncDispose]() {
      return this.close()
    },
  }
}
