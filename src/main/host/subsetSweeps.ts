import type { TruthKind } from '../../shared/contract/evaluation'
import type { ImageFilter } from '../../shared/contract/imageFilter'
import type { Task } from '../../shared/contract/tasks'
import type { SubsetSweep } from '../../shared/contract/thresholdSweep'
import type { Project } from '../db/open'
import { planSubsetSweep, sweepSubset, type PlannedSweep } from '../jobs/subsetSweep'
import { KeptWorks, type InPool } from './keptWorks'
import type { Tasks } from './tasks'

export interface SweepChoice {
  readonly run: number
  /** A step with score maps, or one made from them. */
  readonly step: string
  readonly subset: ImageFilter
  /** What is called true. */
  readonly truth: TruthKind
}

/** The threshold sweeps of one open project. */
export class SubsetSweeps {
  readonly #project: Project
  readonly #works: KeptWorks<SubsetSweep>

  constructor(project: Project, inPool: InPool) {
    this.#project = project
    this.#works = new KeptWorks(project, 'sweeps', inPool)
  }

  /** What was measured before, and by which work it is being measured now. */
  async find(
    choice: SweepChoice,
  ): Promise<{ readonly photos: number; readonly sweep: SubsetSweep | null; readonly task: string | null }> {
    const { of, photos } = this.#plan(choice)
    const sweep = (await this.#works.find(of.hash)) ?? null
    return { photos: photos.length, sweep, task: this.#works.taskOf(of.hash) }
  }

  /** @returns the work that sweeps; `find` has its result */
  start(choice: SweepChoice, tasks: Tasks, project: string): Task {
    const planned = this.#plan(choice)
    const { hash, step, run } = planned.of
    const task = { kind: 'sweep', title: `Thresholds of ${step}, run ${run}`, project } as const
    return this.#works.start(hash, tasks, task, work => sweepSubset(this.#project, planned, work))
  }

  #plan({ run, step, subset, truth }: SweepChoice): PlannedSweep {
    return planSubsetSweep(this.#project, this.#project.runs.get(run), step, subset, truth)
  }
}
