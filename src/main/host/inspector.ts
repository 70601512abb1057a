import { tmpdir } from 'node:os'
import type { PrototypeSimilarity } from '../../shared/prototypes/similarity'
import { WorkbenchError } from '../../shared/errors'
import type { Project } from '../db/open'
import { absolutePath } from '../db/storedPath'
import { planOf } from '../jobs/findStep'
import type { InspectionOrder } from '../jobs/protocol/messages'
import { findImage } from '../jobs/photoLayers'
import { stepFolder, stepReference } from '../jobs/stepOrder'
import type { Isolation, WorkerHost } from '../jobs/workerHost'
import { engineOf, orderInspection } from '../jobs/workerSession'
import { methods, type InspectionContext } from '../methods/index'

export interface InspectionRequest {
  readonly run: number
  readonly step: string
  readonly image: number
  /** Place of the class, from 0. */
  readonly place: number
}

export interface InspectorSetup {
  readonly startWorker: () => WorkerHost
  readonly isolation: () => Isolation
  /** Bytes. */
  readonly cacheBudget: () => number
}

/** An engine that nobody has asked for so long is closed: it holds some hundred megabytes. */
const idleMs = 60_000

/**
 * Looks into finished steps with an engine of its own, opened at the first question and closed a minute after the last.
 * It shares the processor with a run that computes, and is not held up by it.
 */
export class Inspector implements AsyncDisposable {
  readonly #project: Project
  readonly #setup: InspectorSetup
  #worker: Promise<WorkerHost> | undefined
  #last: Promise<unknown> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined

  constructor(project: Project, setup: InspectorSetup) {
    this.#project = project
    this.#setup = setup
  }

  /**
   * How like the prototypes of a class one photo is. Questions are answered one after the other; one that is not waited
   * for any more when its turn comes is dropped.
   */
  async similarity(request: InspectionRequest, signal: AbortSignal): Promise<PrototypeSimilarity> {
    const order = this.#order(request)
    const turn = this.#last.then(async () => {
      signal.throwIfAborted()
      clearTimeout(this.#timer)
      try {
        return await orderInspection(await this.#open(), this.#setup.isolation(), order)
      } finally {
        this.#timer = setTimeout(() => void this.#close(), idleMs).unref()
      }
    })
    this.#last = turn.catch(() => undefined)
    return turn
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer)
    await this.#last
    await this.#close()
  }

  /** The worker with its engine open; one that died is replaced. */
  #open(): Promise<WorkerHost> {
    this.#worker ??= this.#start().catch((error: unknown) => {
      this.#worker = undefined
      throw error
    })
    return this.#worker
  }

  async #start(): Promise<WorkerHost> {
    const worker = this.#setup.startWorker()
    void worker.exit.then(() => (this.#worker = undefined))
    await engineOf(worker, this.#setup.isolation())
    return worker
  }

  async #close(): Promise<void> {
    clearTimeout(this.#timer)
    const worker = await this.#worker?.catch(() => undefined)
    this.#worker = undefined
    await worker?.[Symbol.asyncDispose]()
  }

  #order({ run: id, step: name, image: imageId, place }: InspectionRequest): InspectionOrder {
    const run = this.#project.runs.get(id)
    const plan = planOf(run)
    const step = plan.steps.find(other => other.name === name)
    const photo = findImage(this.#project, imageId)
    if (step?.from.classifier === undefined)
      throw new WorkbenchError('NOT_FOUND', `Run ${id} has no step "${name}" that stands on a classifier.`)
    const classifier = stepReference({ project: this.#project, plan, run, registry: methods }, step.from.classifier)
    return {
      method: step.method,
      options: step.options,
      folder: stepFolder(this.#project, id, name),
      inputs: { classifier: { ...classifier, artifacts: [] } },
      image: { ...photo, path: absolutePath(this.#project.folder, photo.path), labels: [place] },
      classIndex: place,
      ...this.#cache(),
    }
  }

  /** Features that are worked out for a look are kept for the next; not in a project that is only looked at. */
  #cache(): Pick<InspectionContext, 'cacheFolder' | 'cacheBudget'> {
    if (this.#project.readOnly) return { cacheFolder: tmpdir(), cacheBudget: 0 }
    return { cacheFolder: this.#project.cacheFolder, cacheBudget: this.#setup.cacheBudget() }
  }
}
