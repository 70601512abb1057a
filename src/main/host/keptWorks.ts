import type { Task } from '../../shared/contract/tasks'
import type { Project } from '../db/open'
import { ResultStore, type HashedResult } from '../jobs/resultStore'
import type { PoolWorkContext } from '../pool/forEachInPool'
import type { Work } from './projectSession'
import type { NewTask, Tasks } from './tasks'

/** Gives a work of the main process the pool of its project. */
export type InPool = (work: Work) => PoolWorkContext

/** Measurements on stored maps whose results are kept: each is made once, by one work, however many tabs ask. */
export class KeptWorks<Result extends HashedResult> {
  readonly #inPool: InPool
  readonly #store: ResultStore<Result>
  /** Works by the hash of what they measure. */
  readonly #tasks = new Map<string, Task>()

  /** @param kind the folder's name inside the project's cache */
  constructor(project: Project, kind: string, inPool: InPool) {
    this.#inPool = inPool
    this.#store = new ResultStore(project, kind)
  }

  /** What was measured before; undefined where `start` has to. */
  find(hash: string): Promise<Result | undefined> {
    return this.#store.find(hash)
  }

  /** The work that measures it now; null where none does. */
  taskOf(hash: string): string | null {
    return this.#tasks.get(hash)?.id ?? null
  }

  /** Measures within a work that is going on, unless it was measured before. */
  async make(hash: string, work: Work, measure: (work: PoolWorkContext) => Promise<Result>): Promise<void> {
    if ((await this.#store.find(hash)) === undefined) await this.#store.keep(await measure(this.#inPool(work)))
  }

  /** Begins to measure; `find` has the result when the work has ended. @returns the work, or the one that does it already */
  start(hash: string, tasks: Tasks, task: NewTask, measure: (work: PoolWorkContext) => Promise<Result>): Task {
    const running = this.#tasks.get(hash)
    if (running) return running
    const started = tasks.start(task, async work => this.#store.keep(await measure(this.#inPool(work))))
    this.#tasks.set(hash, started)
    void tasks.ended(started.id).then(() => this.#tasks.delete(hash))
    return started
  }
}
