import type { ImageFilter } from '../../shared/contract/imageFilter'
import type { Task } from '../../shared/contract/tasks'
import type { SubsetSweep } from '../../shared/contract/thresholdSweep'
import type { Project } from '../db/open'
import { planSubsetSweep, sweepSubset, type PlannedSweep } from '../jobs/subsetSweep'
import { SweepStore } from '../jobs/sweepStore'
import type { PoolWorkContext } from '../pool/forEachInPool'
import type { Work } from './projectSession'
import type { Tasks } from './tasks'

export interface SweepChoice {
  readonly run: number
  /** A step with score maps, or one made from them. */
  readonly step: string
  readonly subset: ImageFilter
}

/** The threshold sweeps of one open project: made once, by one work, however many tabs ask. */
export class SubsetSweeps {
  readonly #project: Project
  readonly #inPool: (work: Work) => PoolWorkContext
  readonly #store: SweepStore
  /** Works by the hash of what they sweep. */
  readonly #tasks = new Map<string, Task>()

  constructor(project: Project, inPool: (work: Work) => PoolWorkContext) {
    this.#project = project
    this.#inPool = inPool
    this.#store = new SweepStore(project)
  }

  /** What was measured before, and by which work it is being measured now. */
  async find(
    choice: SweepChoice,
  ): Promise<{ readonly photos: number; readonly sweep: SubsetSweep | null; readonly task: string | null }> {
    const { of, photos } = this.#plan(choice)
    return {
      photos: photos.length,
      sweep: (await this.#store.find(of.hash)) ?? null,
      task: this.#tasks.get(of.hash)?.id ?? null,
    }
  }

  /** Begins to measure; `find` has the result when the work has ended. @returns the work, or the one that does it already */
  start(choice: SweepChoice, tasks: Tasks, project: string): Task {
    const planned = this.#plan(choice)
    const { hash, step, run } = planned.of
    const running = this.#tasks.get(hash)
    if (running) return running
    const task = tasks.start({ kind: 'sweep', title: `Thresholds of ${step}, run ${run}`, project }, async work => {
      await this.#store.keep(await sweepSubset(this.#project, planned, this.#inPool(work)))
    })
    this.#tasks.set(hash, task)
    void tasks.ended(task.id).then(() => this.#tasks.delete(hash))
    return task
  }

  #plan({ run, step, subset }: SweepChoice): PlannedSweep {
    return planSubsetSweep(this.#project, this.#project.runs.get(run), step, subset)
  }
}
