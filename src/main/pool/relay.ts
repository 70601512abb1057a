import type { MessagePort } from 'node:worker_threads'
import { assertNever, isCancellation, WorkbenchError } from '../../shared/errors'
import { failure, success, untilAborted, valueOf, type TaskCall, type TaskOutcome } from './outcome'
import type { PoolClient, TaskInput, TaskName, TaskOutput } from './poolClient'
import { transferables } from './transfer'

type ToPool =
  | { readonly type: 'run'; readonly id: number; readonly call: TaskCall }
  | { readonly type: 'abort'; readonly id: number }
type FromPool = { readonly id: number; readonly outcome: TaskOutcome }

/** Lets the other end of `port` use the pool. When the port closes, what it still waits for is aborted. */
export function servePool(pool: PoolClient, port: MessagePort): void {
  const running = new Map<number, AbortController>()

  async function answer(id: number, { name, input }: TaskCall, signal: AbortSignal): Promise<void> {
    const outcome = await pool.run(name, input, signal).then(success, unlessCancelled)
    running.delete(id)
    if (outcome) port.postMessage({ id, outcome } satisfies FromPool, transferables(outcome))
  }

  port.on('message', (message: ToPool) => {
    switch (message.type) {
      case 'run': {
        const abort = new AbortController()
        running.set(message.id, abort)
        void answer(message.id, message.call, abort.signal)
        break
      }
      case 'abort':
        running.get(message.id)?.abort()
        break
      default:
        assertNever(message)
    }
  })
  port.on('close', () => {
    for (const abort of running.values()) abort.abort()
  })
}

/** Nobody waits for a cancelled task: it needs no answer. */
function unlessCancelled(error: unknown): TaskOutcome | undefined {
  return isCancellation(error) ? undefined : failure(error)
}

interface Pending {
  readonly resolve: (outcome: TaskOutcome) => void
  readonly reject: (error: Error) => void
}

/** The pool seen from the other end of `port`. @param threads as many as the pool itself has */
export function connectPool(port: MessagePort, threads: number): PoolClient {
  const pending = new Map<number, Pending>()
  let lastId = 0
  let closed = false

  port.on('message', ({ id, outcome }: FromPool) => {
    pending.get(id)?.resolve(outcome)
    pending.delete(id)
  })
  port.on('close', () => {
    closed = true
    for (const { reject } of pending.values()) reject(new WorkbenchError('INTERNAL', 'the pool has gone away'))
    pending.clear()
  })

  /** Sends a task; `abort` tells the pool that nobody waits for it any more. */
  function send(call: TaskCall): { readonly outcome: Promise<TaskOutcome>; readonly abort: () => void } {
    const id = ++lastId
    const outcome = new Promise<TaskOutcome>((resolve, reject) => pending.set(id, { resolve, reject }))
    port.postMessage({ type: 'run', id, call } satisfies ToPool)
    const abort = () => {
      pending.delete(id)
      port.postMessage({ type: 'abort', id } satisfies ToPool)
    }
    return { outcome, abort }
  }

  return {
    threads,
    async run<Name extends TaskName>(
      name: Name,
      input: TaskInput<Name>,
      signal?: AbortSignal,
    ): Promise<TaskOutput<Name>> {
      signal?.throwIfAborted()
      if (closed) throw new WorkbenchError('INTERNAL', 'the pool has gone away')
      const { outcome, abort } = send({ name, input })
      signal?.addEventListener('abort', abort, { once: true })
      try {
        return valueOf<Name>(await untilAborted(outcome, signal))
      } finally {
        signal?.removeEventListener('abort', abort)
      }
    },
  }
}
