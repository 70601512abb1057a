import type { MessagePort } from 'node:worker_threads'
import type { MeasuredMasks, ThresholdSweep, TruthKind } from '../../shared/contract/evaluation'
import type { ImageFilter } from '../../shared/contract/imageFilter'
import type { RebaseReport } from '../../shared/contract/rebase'
import type { ReviewSource } from '../../shared/contract/review'
import { WorkbenchError } from '../../shared/errors'
import { defaultScoreRules, type ScoreRules } from '../../shared/metrics/scoreRules'
import { builtFile } from '../builtFile'
import type { ComputeSlot } from './computeSlot'
import { threadCounts, type Config } from '../config'
import { openProject, type OpenOptions, type Project } from '../db/open'
import type { RunRow } from '../db/schema'
import { locateEngine, type LocatedEngine } from '../engine/locate'
import { evaluate, type KeptEvaluation } from '../jobs/evaluate'
import type { Emit } from '../../shared/contract/runEvents'
import type { ExportContents, ExportReport } from '../../shared/contract/export'
import type { ExportLint } from '../../shared/contract/exportLint'
import { runExport, type ExportRequest } from '../jobs/export'
import { lintExport } from '../jobs/exportLint'
import type { ExportChoice } from '../jobs/exportSource'
import { findRun } from '../jobs/findStep'
import { preflight } from '../jobs/preflight'
import { Queue } from '../jobs/queue'
import { readRecipe } from '../jobs/recipeFiles'
import { applySettings, parseSetting } from '../jobs/recipeSettings'
import { checkRecipe, parseShape } from '../jobs/recipes'
import type { RunnerSetup } from '../jobs/runContext'
import { runFacts } from '../jobs/runFacts'
import { executeRun } from '../jobs/runner'
import { reportPage } from '../jobs/report/reportPage'
import { collectReport, type ReportOptions } from '../jobs/report/runReport'
import { makeSheet, type Sheet, type SheetOptions } from '../jobs/sheet'
import { sweepThresholds } from '../jobs/sweep'
import { startWorker, type WorkerHost } from '../jobs/workerHost'
import { methods, type Progress } from '../methods/index'
import type { PoolWorkContext } from '../pool/forEachInPool'
import { createPool, type Pool } from '../pool/pool'
import { servePool } from '../pool/relay'
import type { FileCheck } from '../../shared/contract/datasetStats'
import { LabelHistory } from './labelHistory'
import { Thumbnails } from './thumbnails'
import { Certainties } from './certainties'
import { Inspector } from './inspector'
import { MaskDifferences } from './maskDifferences'
import { rebaseCorrections } from './rebaseCorrections'
import { ReviewDesk } from './reviewDesk'
import { ReviewQueues } from './reviewQueues'
import { SubsetSweeps } from './subsetSweeps'

/** What a run is made with beside its recipe. */
export interface RunChoice {
  readonly seed: number
  /** The recipe's title when left out. */
  readonly name?: string
  /** Photos of this split only; all when left out. */
  readonly split?: string
  /** Every step is computed, also where a finished run has made the same. */
  readonly fresh?: boolean
}

export interface RunRequest extends RunChoice {
  /** A shipped recipe's name or a path. */
  readonly recipe: string
  /** `step.option=value`, over the recipe's own options. */
  readonly settings: readonly string[]
}

/** A run that waits, and what is worth knowing before it starts. */
export interface Enqueued {
  readonly run: RunRow
  readonly notes: readonly string[]
}

/** Which label maps are meant; the latest finished run and its last step when left out. */
export interface StepChoice {
  readonly run?: number
  readonly step?: string
}

export interface EvaluateRequest extends StepChoice {
  /** Photos of the run's split that are meant; all of them when left out. */
  readonly subset?: ImageFilter
  readonly rules?: ScoreRules
  /** What is called true; ground truth when left out. */
  readonly truth?: TruthKind
  /** Which masks are measured; the step's own when left out. */
  readonly masks?: MeasuredMasks
}

/** How a work in main tells how far it is and learns that it is not wanted any more. */
export interface Work {
  readonly signal: AbortSignal
  readonly progress: (progress: Progress) => void
}

const bytesPerGigabyte = 1e9

/** Opens a project with all that can be done to it. Whoever opens it closes it. */
export function openSession(
  folder: string,
  config: () => Config,
  emit: Emit,
  options: OpenOptions = {},
): ProjectSession {
  return new ProjectSession(openProject(folder, options), config, emit)
}

/** An open project: its database, the queue with its worker, and the pool, wired to each other. */
export class ProjectSession implements AsyncDisposable {
  readonly project: Project
  readonly queue: Queue
  readonly thumbnails: Thumbnails
  readonly sweeps: SubsetSweeps
  readonly certainties: Certainties
  readonly inspector: Inspector
  readonly review: ReviewDesk
  readonly reviewQueues: ReviewQueues
  readonly differences: MaskDifferences
  readonly labelHistory: LabelHistory
  /** What the last look for the photos' files found. */
  fileCheck: FileCheck | undefined
  /** Asked again for every run: settings may be changed while the project is open. */
  readonly #config: () => Config
  readonly #closing = new AbortController()
  #pool: Pool | undefined
  #slot: ComputeSlot | undefined
  #draining: Promise<void> | undefined

  constructor(project: Project, config: () => Config, emit: Emit) {
    this.project = project
    this.#config = config
    this.queue = new Queue(project, (job, run, control) => executeRun(this.#runSetup(emit), job, run, control), emit)
    this.sweeps = new SubsetSweeps(project, work => this.#inPool(work))
    this.certainties = new Certainties(project, work => this.#inPool(work))
    this.inspector = new Inspector(project, {
      startWorker: () => this.#startWorker(),
      isolation: () => config().compute.isolation,
      cacheBudget: () => config().cache.budgetGigabytes * bytesPerGigabyte,
    })
    this.review = new ReviewDesk(project, () => this.pool)
    this.reviewQueues = new ReviewQueues(project, work => this.#inPool(work))
    this.differences = new MaskDifferences(project, work => this.#inPool(work))
    const cacheBudget = config().cache.budgetGigabytes * bytesPerGigabyte
    this.labelHistory = new LabelHistory(project.labels)
    this.thumbnails = new Thumbnails(project, () => this.pool, cacheBudget)
  }

  /** Checks the recipe, the photos and the engine, then stores the run among the waiting. */
  async enqueue(request: RunRequest): Promise<Enqueued> {
    const recipe = applySettings(parseShape(await readRecipe(request.recipe)), request.settings.map(parseSetting))
    return this.enqueueRecipe(recipe, request)
  }

  /** As {@link enqueue}, with the recipe itself. */
  enqueueRecipe(recipe: unknown, { seed, name, split, fresh = false }: RunChoice): Enqueued {
    const plan = checkRecipe(recipe)
    const chosen = this.knownSplit(split)
    const notes = preflight(runFacts(this.project, chosen), plan, methods)
    this.#engine()
    const dataset = this.project.dataset(chosen)
    const run = this.queue.enqueue({
      name: name ?? plan.title,
      recipe: plan,
      seed,
      split: dataset.split,
      datasetHash: dataset.hash,
      steps: plan.steps,
      fresh,
    })
    return { run, notes }
  }

  async evaluate(
    { run, step, rules = defaultScoreRules, ...choice }: EvaluateRequest,
    work: Work,
  ): Promise<KeptEvaluation> {
    const options = { rules, ...(step === undefined ? {} : { step }), ...choice }
    return evaluate(this.project, findRun(this.project, run), options, this.#inPool(work))
  }

  async sweep({ run, step, truth }: StepChoice & { truth: TruthKind }, work: Work): Promise<ThresholdSweep> {
    return sweepThresholds(this.project, findRun(this.project, run), step, truth, this.#inPool(work))
  }

  async export(request: ExportRequest, work: Work): Promise<ExportReport> {
    return runExport(this.project, request, { ...work, pool: this.pool })
  }

  /** What is wrong or worth knowing of what an export would write. */
  async lintExport(contents: ExportContents, choice: ExportChoice, work: Work): Promise<ExportLint> {
    return lintExport(this.project, contents, choice, this.#inPool(work))
  }

  /** Lays every person's corrections over a step's masks. @param source null: the newest masks */
  async rebase(source: ReviewSource | null, work: Work): Promise<RebaseReport> {
    return rebaseCorrections(this.project, this.review, source, this.#inPool(work))
  }

  async sheet(run: number | undefined, options: SheetOptions, work: Work): Promise<Sheet> {
    return makeSheet(this.project, findRun(this.project, run), options, this.#inPool(work))
  }

  /** A run as one page of HTML, of what is stored: see {@link evaluate} for figures that are not. */
  async report(run: number | undefined, options: ReportOptions, work: Work): Promise<string> {
    const found = findRun(this.project, run)
    return reportPage(await collectReport(this.project, found, options, this.#inPool(work)), new Date())
  }

  /** Runs what waits, now and whenever something new does, in turn with the other open projects. */
  startQueue(slot: ComputeSlot): void {
    this.#slot = slot
    this.wakeQueue()
  }

  /** Something waits: it is run unless runs are going on already, whose end sees to it. */
  wakeQueue(): void {
    if (this.#slot === undefined || this.#draining !== undefined || this.#closing.signal.aborted) return
    const { signal } = this.#closing
    this.#draining = this.#slot
      .use(async () => {
        if (!signal.aborted) await this.queue.drain(signal)
      })
      .then(
        () => this.#drained(),
        () => {
          // The database cannot be written, as on a full disk: those who watch were told by the queue, and the next
          // start or retry tries again.
          this.#draining = undefined
        },
      )
  }

  #drained(): void {
    this.#draining = undefined
    if (!this.#closing.signal.aborted && this.queue.waiting().length > 0) this.wakeQueue()
  }

  /** A run that is going on keeps its checkpoint and waits for the next time that the project is opened. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    this.queue.interrupt()
    await this.#draining?.catch(() => undefined)
    await this.inspector[Symbol.asyncDispose]()
    await this.#pool?.close()
    this.project.close()
  }

  /** Opened when first used: listing runs needs no threads. */
  get pool(): Pool {
    const { pool } = threadCounts(this.#config())
    return (this.#pool ??= createPool({ threads: pool, script: builtFile('poolWorker.js') }))
  }

  #runSetup(emit: Emit): RunnerSetup {
    const { compute, cache } = this.#config()
    return {
      project: this.project,
      registry: methods,
      startWorker: () => this.#startWorker(),
      isolation: compute.isolation,
      cacheBudget: cache.budgetGigabytes * bytesPerGigabyte,
      emit,
    }
  }

  #inPool({ signal, progress }: Work): PoolWorkContext {
    return { pool: this.pool, progress, checkpoint: () => Promise.resolve(signal.throwIfAborted()) }
  }

  #engine(): LocatedEngine {
    return locateEngine(this.#config().engine)
  }

  #startWorker(): WorkerHost {
    const config = this.#config()
    const threads = threadCounts(config)
    const { library, require, reason } = this.#engine()
    return startWorker({
      script: builtFile('worker.js'),
      isolation: config.compute.isolation,
      settings: {
        engine: { library, require, reason },
        engineThreads: threads.engine,
        memoryFraction: config.engine.memoryFraction,
        poolThreads: threads.pool,
      },
      servePool: (port: MessagePort) => servePool(this.pool, port),
    })
  }

  /** @returns undefined for all photos @throws NOT_FOUND naming the splits that there are */
  knownSplit(split: string | undefined): string | undefined {
    if (split === undefined || split === 'all') return undefined
    const known = this.project.images.splits().map(row => row.split)
    if (known.includes(split)) return split
    throw new WorkbenchError('NOT_FOUND', `This project has no split "${split}": it has ${known.join(', ') || 'none'}.`)
  }
}
