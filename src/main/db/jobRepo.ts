import { and, asc, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import { WorkbenchError } from '../../shared/errors'
import type { ErrorData } from '../../shared/errors'
import { isFinal } from '../../shared/contract/states'
import type { JobProgress, WorkState } from '../../shared/contract/states'
import type { Database } from './database'
import { job } from './schema'
import type { JobRow } from './schema'

export interface NewJob {
  readonly kind: string
  readonly payload: object
  readonly runId?: number
}

/** The queue: a job is a row before anything of it is run, and stays one afterwards. */
export class JobRepo {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  enqueue({ kind, payload, runId }: NewJob): JobRow {
    return this.#database.query
      .insert(job)
      .values({ kind, payload, runId: runId ?? null, state: 'queued', attempt: 0, createdAt: Date.now() })
      .returning()
      .get()
  }

  /** The job that has waited longest. */
  next(): JobRow | undefined {
    return this.#database.query.select().from(job).where(eq(job.state, 'queued')).orderBy(asc(job.id)).limit(1).get()
  }

  find(id: number): JobRow | undefined {
    return this.#database.query.select().from(job).where(eq(job.id, id)).get()
  }

  /** The newest job of a run. */
  ofRun(runId: number): JobRow | undefined {
    return this.#database.query.select().from(job).where(eq(job.runId, runId)).orderBy(desc(job.id)).limit(1).get()
  }

  /** Jobs, newest first; `before` is the last id of the page before. */
  page(options: {
    readonly limit: number
    readonly before?: number
    readonly states?: readonly WorkState[]
  }): readonly JobRow[] {
    return this.#database.query
      .select()
      .from(job)
      .where(
        and(
          options.before === undefined ? undefined : lt(job.id, options.before),
          options.states === undefined ? undefined : inArray(job.state, [...options.states]),
        ),
      )
      .orderBy(desc(job.id))
      .limit(options.limit)
      .all()
  }

  /** Marks the job as running and counts the attempt. */
  start(id: number): JobRow {
    const now = Date.now()
    return this.#returning(
      id,
      this.#database.query
        .update(job)
        .set({
          state: 'running',
          error: null,
          attempt: sql`${job.attempt} + 1`,
          startedAt: sql`ifnull(${job.startedAt}, ${now})`,
          finishedAt: null,
          heartbeatAt: now,
        })
        .where(eq(job.id, id))
        .returning()
        .get(),
    )
  }

  setState(id: number, state: Exclude<WorkState, 'running'>, error?: ErrorData): JobRow {
    const finishedAt = isFinal(state) ? Date.now() : null
    return this.#returning(
      id,
      this.#database.query
        .update(job)
        .set({ state, error: error ?? null, finishedAt })
        .where(eq(job.id, id))
        .returning()
        .get(),
    )
  }

  /** Stores how far it has come; a sign of life too. */
  setProgress(id: number, progress: JobProgress | null): void {
    this.#database.query.update(job).set({ progress, heartbeatAt: Date.now() }).where(eq(job.id, id)).run()
  }

  heartbeat(id: number): void {
    this.#database.query.update(job).set({ heartbeatAt: Date.now() }).where(eq(job.id, id)).run()
  }

  /** After a crash: whoever was running nobody runs any more, so it queues again. @returns how many */
  requeueInterrupted(): number {
    return this.#database.query.update(job).set({ state: 'queued' }).where(eq(job.state, 'running')).run().changes
  }

  #returning(id: number, row: JobRow | undefined): JobRow {
    if (!row) throw new WorkbenchError('NOT_FOUND', `There is no job ${id} in this project.`)
    return row
  }
}
