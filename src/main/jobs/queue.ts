import { isFinal, type WorkState } from '../../shared/contract/states'
import { toErrorData, WorkbenchError, type ErrorData } from '../../shared/errors'
import type { Project } from '../db/open'
import type { NewRun } from '../db/runRepo'
import type { JobRow, RunRow } from '../db/schema'
import type { Emit } from '../../shared/contract/runEvents'
import { RunControl } from './runControl'

/** Runs one job to its end; `executeRun` with its setup, or a stand-in of a test. */
export type Execute = (job: JobRow, run: RunRow, control: RunControl) => Promise<'done' | 'cancelled'>

const runJobKind = 'run'

/**
 * The runs that wait and the one that runs, one at a time. Everything that must outlive this process is in the rows:
 * `openProject` puts what a crash interrupted back among the waiting.
 */
export class Queue {
  readonly #project: Project
  readonly #execute: Execute
  readonly #emit: Emit
  #interrupted = false
  /** Ends that could not be stored, as on a full disk: they are true as long as this process lives. */
  readonly #unstored = new Map<number, ErrorData>()
  #current: { readonly runId: number; readonly control: RunControl } | undefined

  constructor(project: Project, execute: Execute, emit: Emit) {
    this.#project = project
    this.#execute = execute
    this.#emit = emit
  }

  /** The run and its job are stored before anything of them happens. */
  enqueue(newRun: NewRun): RunRow {
    return this.#project.transaction(() => {
      const run = this.#project.runs.create(newRun)
      this.#project.jobs.enqueue({ kind: runJobKind, payload: {}, runId: run.id })
      return run
    })
  }

  /** Id of the run that is going on. */
  get running(): number | undefined {
    return this.#current?.runId
  }

  /** Why a run ended whose end could not be stored: its row still says that it is running. */
  unstoredError(runId: number): ErrorData | undefined {
    return this.#unstored.get(runId)
  }

  /** Runs that wait, the oldest first. */
  waiting(): readonly RunRow[] {
    const jobs = this.#project.jobs.page({ limit: 1000, states: ['queued'] })
    return jobs.flatMap(job => (job.runId === null ? [] : [this.#project.runs.get(job.runId)])).reverse()
  }

  /** Runs one waiting run now, before older ones. @returns its row in a final state, or paused */
  async runToEnd(runId: number): Promise<RunRow> {
    const job = this.#jobOf(runId)
    if (job.state !== 'queued')
      throw new WorkbenchError('CONFLICT', `Run ${runId} is ${job.state}: only a run that waits can be started.`)
    await this.#run(job, this.#project.runs.get(runId))
    return this.#project.runs.get(runId)
  }

  /** Runs all that wait, the oldest first, until none is left or `signal` aborts. A failed run does not stop the next. */
  async drain(signal: AbortSignal): Promise<readonly RunRow[]> {
    const finished: RunRow[] = []
    for (let job = this.#project.jobs.next(); job !== undefined; job = this.#project.jobs.next()) {
      if (signal.aborted || job.runId === null) break
      finished.push(await this.runToEnd(job.runId))
    }
    return finished
  }

  /** A running run stops at its next checkpoint, a waiting one never starts. Both can be resumed. */
  cancel(runId: number): void {
    if (this.#current?.runId === runId) this.#current.control.cancel()
    else if (!isFinal(this.#project.runs.get(runId).state)) this.#mark(this.#jobOf(runId), runId, 'cancelled')
  }

  /** Stops the run that is going on at its next checkpoint, as a crash would: it waits, and the next start goes on with it. */
  interrupt(): void {
    this.#interrupted = true
    this.#current?.control.cancel()
  }

  /** A running run rests at its next checkpoint, its worker kept; a waiting one is passed over. */
  pause(runId: number): void {
    if (this.#current?.runId === runId) this.#current.control.pause()
    else if (this.#project.runs.get(runId).state === 'queued') this.#mark(this.#jobOf(runId), runId, 'paused')
  }

  /** Lets a paused run go on, or puts one that ended before its end back among the waiting. */
  resume(runId: number): void {
    const { state } = this.#project.runs.get(runId)
    const job = this.#jobOf(runId)
    if (this.#current?.runId === runId) {
      this.#current.control.resume()
      if (state === 'paused') this.#markRunning(job, runId)
    } else if (state === 'done') {
      throw new WorkbenchError('CONFLICT', `Run ${runId} is done: there is nothing left of it to run.`)
    } else {
      this.#requeue(job, runId)
    }
  }

  async #run(job: JobRow, run: RunRow): Promise<void> {
    if (this.#current !== undefined)
      throw new WorkbenchError('CONFLICT', `Run ${this.#current.runId} is running: one runs at a time.`)
    const control = new RunControl()
    this.#current = { runId: run.id, control }
    try {
      this.#markRunning(job, run.id)
      const outcome = await this.#execute(job, run, control)
      if (outcome === 'cancelled' && this.#interrupted) this.#requeue(job, run.id)
      else this.#mark(job, run.id, outcome)
    } catch (error) {
      if (process.env['MASKWRIGHT_DEBUG'] === '1') console.error(error)
      // A run that was told to stop and could not keep its checkpoint, as where its folder is gone, has not failed.
      if (this.#interrupted) this.#requeue(job, run.id)
      else this.#fail(job, run.id, toErrorData(error))
    } finally {
      this.#current = undefined
    }
  }

  /** A full disk takes the end of the run too: whoever watches hears it all the same. @throws what storing it met */
  #fail(job: JobRow, runId: number, error: ErrorData): void {
    try {
      this.#mark(job, runId, 'failed', error)
    } catch (cause) {
      this.#unstored.set(runId, error)
      this.#emit({ type: 'state', runId, state: 'failed', error })
      throw cause
    }
  }

  #jobOf(runId: number): JobRow {
    const job = this.#project.jobs.ofRun(this.#project.runs.get(runId).id)
    if (job !== undefined) return job
    throw new WorkbenchError('NOT_FOUND', `Run ${runId} has no job: it was not made here and cannot be run.`)
  }

  #markRunning(job: JobRow, runId: number): void {
    this.#unstored.delete(runId)
    this.#project.transaction(() => {
      this.#project.runs.setState(runId, 'running')
      this.#project.jobs.start(job.id)
    })
    this.#emit({ type: 'state', runId, state: 'running' })
  }

  #mark(job: JobRow, runId: number, state: Exclude<WorkState, 'running'>, error?: ErrorData): void {
    this.#project.transaction(() => {
      this.#project.runs.setState(runId, state, error)
      this.#project.jobs.setState(job.id, state, error)
      if (state !== 'failed' && state !== 'cancelled') return
      for (const step of this.#project.runs.steps(runId))
        if (step.state === 'running') this.#project.runs.setStepState(runId, step.name, state)
    })
    this.#emit({ type: 'state', runId, state, ...(error === undefined ? {} : { error }) })
  }

  #requeue(job: JobRow, runId: number): void {
    this.#project.transaction(() => {
      this.#project.runs.setState(runId, 'queued')
      this.#project.jobs.setState(job.id, 'queued')
      for (const step of this.#project.runs.steps(runId))
        if (step.state !== 'done') this.#project.runs.setStepState(runId, step.name, 'queued')
    })
    this.#emit({ type: 'state', runId, state: 'queued' })
  }
}
