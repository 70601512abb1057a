import type { Task } from '../../shared/contract/tasks'
import { WorkbenchError } from '../../shared/errors'
import type { MaskDispute } from '../../shared/metrics/maskDispute'
import type { Project } from '../db/open'
import { measureDisputes, planMeasuredDisputes } from '../jobs/review/maskDisputes'
import type { Measured } from '../jobs/review/measureSignals'
import { KeptWorks, type InPool } from './keptWorks'
import type { Tasks } from './tasks'

/** Two evaluations, by their ids. */
export interface EvaluationPair {
  readonly first: number
  readonly second: number
}

/**
 * How the masks of two evaluations differ photo by photo, with or without the truth: read once and kept, in the same folder
 * as what the review's order "two runs disagree" reads.
 */
export class MaskDifferences {
  readonly #project: Project
  readonly #disputes: KeptWorks<Measured<MaskDispute>>

  constructor(project: Project, inPool: InPool) {
    this.#project = project
    this.#disputes = new KeptWorks(project, 'disputes', inPool)
  }

  /** Whether it is known, and the work that reads the masks now. @throws NOT_FOUND */
  async find(pair: EvaluationPair): Promise<{ readonly measured: boolean; readonly task: string | null }> {
    const { hash } = this.#plan(pair)
    const found = await this.#disputes.find(hash)
    return { measured: found !== undefined, task: this.#disputes.taskOf(hash) }
  }

  /** Reads the masks, as a work that can be watched and cancelled. @throws NOT_FOUND */
  start(pair: EvaluationPair, tasks: Tasks, project: string): Task {
    const plan = this.#plan(pair)
    const task = {
      kind: 'sweep',
      title: `Differences of evaluations ${pair.first} and ${pair.second}`,
      project,
    } as const
    return this.#disputes.start(plan.hash, tasks, task, work => measureDisputes(this.#project, plan, work))
  }

  /** Pixels in which the two masks of each photo differ. @throws NOT_FOUND, CONFLICT where the masks were not read */
  async pixels(pair: EvaluationPair): Promise<ReadonlyMap<number, number>> {
    const found = await this.#disputes.find(this.#plan(pair).hash)
    if (found !== undefined) return new Map(found.photos.map(([image, { pixels }]) => [image, pixels]))
    throw new WorkbenchError(
      'CONFLICT',
      `The masks of evaluations ${pair.first} and ${pair.second} were not compared yet: measure their differences first.`,
    )
  }

  #plan({ first, second }: EvaluationPair) {
    for (const id of [first, second]) this.#project.evaluations.get(id)
    return planMeasuredDisputes(this.#project, first, second)
  }
}
