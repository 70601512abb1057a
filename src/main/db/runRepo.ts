import { and, asc, count, desc, eq, inArray, isNull, lt, ne, sql } from 'drizzle-orm'
import { WorkbenchError } from '../../shared/errors'
import type { ErrorData } from '../../shared/errors'
import { isFinal } from '../../shared/contract/states'
import type { WorkState } from '../../shared/contract/states'
import { inTransaction } from './database'
import type { Database } from './database'
import { run, runStep } from './schema'
import type { RunRow, RunStepRow } from './schema'

export interface NewRun {
  readonly name: string
  readonly recipe: object
  readonly seed: number
  readonly split: string
  readonly datasetHash: string
  readonly steps: readonly { readonly name: string; readonly method: string; readonly options: object }[]
  /** Nothing is taken over from finished runs. */
  readonly fresh?: boolean
}

/** A step by the run that it is of and its name. */
export interface StepPlace {
  readonly run: number
  readonly step: string
}

/** Runs of a recipe and their steps. */
export class RunRepo {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  create({ steps, ...values }: NewRun): RunRow {
    return inTransaction(this.#database, () => {
      const row = this.#database.query
        .insert(run)
        .values({ ...values, state: 'queued', createdAt: Date.now() })
        .returning()
        .get()
      for (const [place, step] of steps.entries())
        this.#database.query
          .insert(runStep)
          .values({ ...step, runId: row.id, place, state: 'queued' })
          .run()
      return row
    })
  }

  find(id: number): RunRow | undefined {
    return this.#database.query.select().from(run).where(eq(run.id, id)).get()
  }

  /** The run, or NOT_FOUND. */
  get(id: number): RunRow {
    return found(this.find(id), id)
  }

  /** Runs, newest first; `before` is the last id of the page before. */
  page(options: { readonly limit: number; readonly before?: number }): readonly RunRow[] {
    return this.#database.query
      .select()
      .from(run)
      .where(options.before === undefined ? undefined : lt(run.id, options.before))
      .orderBy(desc(run.id))
      .limit(options.limit)
      .all()
  }

  count(): number {
    return this.#database.query.select({ runs: count() }).from(run).get()?.runs ?? 0
  }

  rename(id: number, name: string): void {
    this.#database.query.update(run).set({ name }).where(eq(run.id, id)).run()
  }

  /** With all that its steps reported and the rows of what they made; files are for the caller. */
  remove(id: number): void {
    this.#database.query.delete(run).where(eq(run.id, id)).run()
  }

  /** Steps of any run that were computed in it to their end, the newest first. */
  finishedSteps(limit: number): readonly RunStepRow[] {
    return this.#database.query
      .select()
      .from(runStep)
      .where(and(eq(runStep.state, 'done'), isNull(runStep.originRun)))
      .orderBy(desc(runStep.finishedAt))
      .limit(limit)
      .all()
  }

  /** The run that finished last, whole. */
  latestFinished(): RunRow | undefined {
    return this.#database.query
      .select()
      .from(run)
      .where(eq(run.state, 'done'))
      .orderBy(desc(run.finishedAt), desc(run.id))
      .limit(1)
      .get()
  }

  setState(id: number, state: WorkState, error?: ErrorData): RunRow {
    const row = this.#database.query
      .update(run)
      .set({ state, error: error ?? null, ...runTimes(state) })
      .where(eq(run.id, id))
      .returning()
      .get()
    return found(row, id)
  }

  /** Records what computes the run: library, version, device. */
  setEngine(id: number, engine: object): void {
    this.#database.query.update(run).set({ engine }).where(eq(run.id, id)).run()
  }

  /** The run's steps in the recipe's order. */
  steps(runId: number): readonly RunStepRow[] {
    return this.#database.query.select().from(runStep).where(eq(runStep.runId, runId)).orderBy(asc(runStep.place)).all()
  }

  /** The steps of several runs, by run and in the recipe's order. */
  stepsOf(runIds: readonly number[]): ReadonlyMap<number, readonly RunStepRow[]> {
    const rows = this.#database.query
      .select()
      .from(runStep)
      .where(inArray(runStep.runId, [...runIds]))
      .orderBy(asc(runStep.runId), asc(runStep.place))
      .all()
    const steps = new Map<number, RunStepRow[]>(runIds.map(id => [id, []]))
    for (const row of rows) steps.get(row.runId)?.push(row)
    return steps
  }

  step(runId: number, name: string): RunStepRow | undefined {
    return this.#database.query
      .select()
      .from(runStep)
      .where(and(eq(runStep.runId, runId), eq(runStep.name, name)))
      .get()
  }

  /** @param summary what the method wants remembered; kept as it was when left out */
  setStepState(runId: number, name: string, state: WorkState, summary?: unknown): void {
    this.#database.query
      .update(runStep)
      .set({ state, ...(summary === undefined ? {} : { summary }), ...stepTimes(state) })
      .where(and(eq(runStep.runId, runId), eq(runStep.name, name)))
      .run()
  }

  /** Finished steps of other runs that were made of the same, the newest first. */
  stepsWithKey(key: string, exceptRun?: number): readonly RunStepRow[] {
    const others = exceptRun === undefined ? undefined : ne(runStep.runId, exceptRun)
    return this.#database.query
      .select()
      .from(runStep)
      .where(and(eq(runStep.key, key), eq(runStep.state, 'done'), others))
      .orderBy(desc(runStep.runId))
      .all()
  }

  /** @param key of all that decides what the step makes; null where it went on with something else than it began with */
  setKey({ run, step }: StepPlace, key: string | null): void {
    this.#database.query
      .update(runStep)
      .set({ key })
      .where(and(eq(runStep.runId, run), eq(runStep.name, step)))
      .run()
  }

  /** The step is done, by what `origin` once computed. */
  setTakenOver(
    { run, step }: StepPlace,
    { key, summary }: Pick<RunStepRow, 'key' | 'summary'>,
    origin: StepPlace,
  ): void {
    this.#database.query
      .update(runStep)
      .set({
        state: 'done',
        key,
        summary,
        originRun: origin.run,
        originStep: origin.step,
        ...stepTimes('done'),
      })
      .where(and(eq(runStep.runId, run), eq(runStep.name, step)))
      .run()
  }

  /** After a crash: runs and steps that were running queue again. @returns how many runs */
  requeueInterrupted(): number {
    return inTransaction(this.#database, () => {
      this.#database.query.update(runStep).set({ state: 'queued' }).where(eq(runStep.state, 'running')).run()
      return this.#database.query.update(run).set({ state: 'queued' }).where(eq(run.state, 'running')).run().changes
    })
  }
}

function found(row: RunRow | undefined, id: number): RunRow {
  if (!row)
    throw new WorkbenchError('NOT_FOUND', `There is no run ${id} in this project: it was deleted, or never made.`)
  return row
}

/** The first start is kept when a run is resumed; an end is only an end until then. */
function runTimes(state: WorkState) {
  const now = Date.now()
  if (state === 'running') return { startedAt: sql`ifnull(${run.startedAt}, ${now})`, finishedAt: null }
  return { finishedAt: isFinal(state) ? now : null }
}

/** Of a step that is resumed, the start of its latest attempt: what the earlier ones took is among its figures. */
function stepTimes(state: WorkState) {
  const now = Date.now()
  return state === 'running' ? { startedAt: now, finishedAt: null } : { finishedAt: isFinal(state) ? now : null }
}
