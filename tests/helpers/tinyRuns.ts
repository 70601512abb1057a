import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Project } from '../../src/main/db/open'
import { Queue } from '../../src/main/jobs/queue'
import { checkRecipe } from '../../src/main/jobs/recipes'
import { executeRun } from '../../src/main/jobs/runner'
import { startWorker, type Isolation } from '../../src/main/jobs/workerHost'
import type { MethodRegistry } from '../../src/main/methods/index'
import type { RunEvent } from '../../src/shared/contract/runEvents'
import { tinyMethods } from '../fixtures/methods/tiny'

/** Runs of the tiny methods (learn → seeds → cut) in a project, by the real runner in real workers. */
export interface TinyRuns {
  readonly queue: Queue
  readonly events: RunEvent[]
  /** @param options of each step, by its method */
  readonly enqueue: (options?: Readonly<Record<string, object>>, choice?: { seed?: number; fresh?: boolean }) => number
  readonly log: (run: number) => string[]
}

const settings = {
  engine: { library: '', require: 'cpu', reason: 'a test' },
  engineThreads: 1,
  memoryFraction: 0,
  poolThreads: 1,
} as const

interface TinySetup {
  /** The built `tests/fixtures/tinyWorker.ts`. */
  readonly script: string
  readonly isolation: Isolation
  readonly registry?: MethodRegistry
  readonly onEvent?: (event: RunEvent, queue: Queue) => void
}

export function tinyRuns(
  project: Project,
  { script, isolation, registry = tinyMethods, onEvent }: TinySetup,
): TinyRuns {
  const events: RunEvent[] = []
  const emit = (event: RunEvent) => {
    events.push(event)
    onEvent?.(event, queue)
  }
  const servePool = () => undefined
  const setup = {
    project,
    registry,
    startWorker: () => startWorker({ script, isolation, settings, servePool }),
    isolation,
    cacheBudget: 1,
    emit,
  }
  const queue: Queue = new Queue(project, (job, run, control) => executeRun(setup, job, run, control), emit)
  const enqueue: TinyRuns['enqueue'] = (options = {}, choice = {}) => {
    const steps = ['learn', 'seeds', 'cut'].map(method => ({ method, options: options[method] ?? {} }))
    const plan = checkRecipe({ title: 'Chain', steps }, registry)
    const run = { name: 'chain', recipe: plan, seed: 7, split: 'all', datasetHash: project.dataset().hash }
    return queue.enqueue({ ...run, ...choice, steps: plan.steps }).id
  }
  const log = (run: number) =>
    readFileSync(join(project.runFolder(run), 'log.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map(line => (JSON.parse(line) as { line: string }).line)
  return { queue, events, enqueue, log }
}
