import type { ImageFilter } from '../../shared/contract/imageFilter'
import type { CertaintyOrder } from '../../shared/contract/certainty'
import type { Task } from '../../shared/contract/tasks'
import { WorkbenchError } from '../../shared/errors'
import type { Project } from '../db/open'
import { leastCertainFirst, measureCertainty, planCertainty, type Certainty } from '../jobs/certainty'
import { KeptWorks, type InPool } from './keptWorks'
import type { Tasks } from './tasks'

export interface MapsChoice {
  readonly run: number
  /** A step with score maps, or one made from them. */
  readonly step: string
}

/** How certain the photos of one open project are by the maps of its runs, and lists of them in that order. */
export class Certainties {
  readonly #project: Project
  readonly #works: KeptWorks<Certainty>
  /** The list that was asked for last: its pages come one after the other. */
  #last: { readonly hash: string; readonly of: Uint32Array; readonly ids: Uint32Array } | undefined

  constructor(project: Project, inPool: InPool) {
    this.#project = project
    this.#works = new KeptWorks(project, 'certainty', inPool)
  }

  /** The order where it was measured before; else `start` measures it. */
  async find(choice: MapsChoice): Promise<CertaintyOrder> {
    const { run, step, threshold, photos, hash } = this.#plan(choice)
    const measured = (await this.#works.find(hash)) !== undefined
    return {
      ...{ run, step, threshold, photos: photos.length, order: measured ? hash : null },
      task: this.#works.taskOf(hash),
    }
  }

  start(choice: MapsChoice, tasks: Tasks, project: string): Task {
    const planned = this.#plan(choice)
    const task = { kind: 'sweep', title: `Certainty of ${planned.step}, run ${planned.run}`, project } as const
    return this.#works.start(planned.hash, tasks, task, work => measureCertainty(this.#project, planned, work))
  }

  /** Ids of the photos that a filter means, the least certain first. @throws NOT_FOUND where it was not measured */
  async ids(filter: ImageFilter, hash: string): Promise<Uint32Array> {
    const certainty = await this.#works.find(hash)
    if (certainty === undefined)
      throw new WorkbenchError(
        'NOT_FOUND',
        'How certain these photos are is not known any more: choose the order again.',
      )
    const of = this.#project.photos.ids(filter, 'name')
    if (this.#last?.hash !== hash || this.#last.of !== of)
      this.#last = { hash, of, ids: leastCertainFirst(of, certainty) }
    return this.#last.ids
  }

  #plan({ run, step }: MapsChoice) {
    return planCertainty(this.#project, this.#project.runs.get(run), step)
  }
}
