import { and, asc, eq } from 'drizzle-orm'
import { inTransaction } from './database'
import type { Database } from './database'
import { metric } from './schema'
import type { MetricRow } from './schema'

export interface NewMetric {
  readonly runId: number
  readonly step: string
  readonly name: string
  readonly value: number
  /** Training step or epoch; leave out for a figure of the whole step. */
  readonly at?: number
}

/** Figures that runs report: curves (with `at`) and results (without). */
export class MetricRepo {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Stores all of them in one transaction. A value that is no number is kept as null. */
  record(metrics: readonly NewMetric[]): void {
    inTransaction(this.#database, () => {
      for (const { at, value, ...rest } of metrics)
        this.#database.query
          .insert(metric)
          .values({ ...rest, at: at ?? null, value: Number.isNaN(value) ? null : value })
          .run()
    })
  }

  /** Everything one step reported, or only `name`, by `at`. */
  list(runId: number, step: string, name?: string): readonly MetricRow[] {
    const ofStep = and(eq(metric.runId, runId), eq(metric.step, step))
    return this.#database.query
      .select()
      .from(metric)
      .where(name === undefined ? ofStep : and(ofStep, eq(metric.name, name)))
      .orderBy(asc(metric.name), asc(metric.at), asc(metric.id))
      .all()
  }

  /** Forgets what a step reported, before it is run again from its beginning. */
  clear(runId: number, step: string): void {
    this.#database.query
      .delete(metric)
      .where(and(eq(metric.runId, runId), eq(metric.step, step)))
      .run()
  }
}
