import { and, asc, count, eq, gt, inArray, isNotNull, isNull, lt, max, min, sql, sum } from 'drizzle-orm'
import { inTransaction } from './database'
import type { Database } from './database'
import type { StepPlace } from './runRepo'
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

/** One curve of a step. */
export interface Curve {
  readonly step: string
  readonly name: string
  /** How many points are stored; `points` may be fewer. */
  readonly stored: number
  /** `[at, value]` by `at`; a value that was no number is null. */
  readonly points: readonly (readonly [at: number, value: number | null])[]
}

/** Figures that runs report: curves (with `at`) and results (without). */
export class MetricRepo {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /**
   * Stores all of them in one transaction. A value that is no number is kept as null. A point of a curve takes the
   * place of the one that was there: a resumed step repeats what it reported after its last checkpoint.
   */
  record(metrics: readonly NewMetric[]): void {
    inTransaction(this.#database, () => {
      for (const { at, value, ...rest } of metrics) {
        const { id } = this.#database.query
          .insert(metric)
          .values({ ...rest, at: at ?? null, value: Number.isNaN(value) ? null : value })
          .returning({ id: metric.id })
          .get()
        // Afterwards: the id of a last row that was deleted would be given again, and no reader would see it as new.
        if (at !== undefined)
          this.#database.query
            .delete(metric)
            .where(and(ofStep(rest.runId, rest.step), eq(metric.name, rest.name), eq(metric.at, at), lt(metric.id, id)))
            .run()
      }
    })
  }

  /** Gives one step the curves and figures of another, but for what that one's work took on its machine. */
  copy(from: StepPlace, to: StepPlace): void {
    this.#database.query.run(sql`
      INSERT INTO metric (run_id, step, name, at, value)
      SELECT ${to.run}, ${to.step}, name, at, value FROM metric
      WHERE run_id = ${from.run} AND step = ${from.step} AND name NOT IN ('seconds', 'peakMemory')
      ORDER BY id`)
  }

  /** Everything one step reported, or only `name`, by `at`. */
  list(runId: number, step: string, name?: string): readonly MetricRow[] {
    return this.#database.query
      .select()
      .from(metric)
      .where(name === undefined ? ofStep(runId, step) : and(ofStep(runId, step), eq(metric.name, name)))
      .orderBy(asc(metric.name), asc(metric.at), asc(metric.id))
      .all()
  }

  /** Figures of a whole step, of every step of a run, in the order in which they came. */
  figures(runId: number): readonly MetricRow[] {
    return this.#database.query
      .select()
      .from(metric)
      .where(and(eq(metric.runId, runId), isNull(metric.at)))
      .orderBy(asc(metric.id))
      .all()
  }

  /** What every run took in all its steps and attempts, seconds by run; a run without any is left out. */
  secondsOf(runIds: readonly number[]): ReadonlyMap<number, number> {
    const rows = this.#database.query
      .select({ runId: metric.runId, seconds: sum(metric.value) })
      .from(metric)
      .where(and(inArray(metric.runId, [...runIds]), eq(metric.name, 'seconds'), isNull(metric.at)))
      .groupBy(metric.runId)
      .all()
    return new Map(rows.map(({ runId, seconds }) => [runId, Number(seconds ?? 0)]))
  }

  /** Id of the newest row of the run; 0 where there is none. */
  lastId(runId: number): number {
    return (
      this.#database.query
        .select({ id: max(metric.id) })
        .from(metric)
        .where(eq(metric.runId, runId))
        .get()?.id ?? 0
    )
  }

  /** Points of a run's curves stored after the row `after`, in the order in which they came. */
  pointsAfter(runId: number, after: number, limit: number): readonly MetricRow[] {
    return this.#database.query
      .select()
      .from(metric)
      .where(and(gt(metric.id, after), sql`+${metric.runId} = ${runId}`, isNotNull(metric.at))) // `+`: by row id
      .orderBy(asc(metric.id))
      .limit(limit)
      .all()
  }

  /** The curves of a run, each thinned to about `mostPoints`: the lowest and the highest of every stretch remain. */
  curves(runId: number, mostPoints: number): readonly Curve[] {
    const series = this.#database.query
      .select({ step: metric.step, name: metric.name, stored: count(), first: min(metric.at), last: max(metric.at) })
      .from(metric)
      .where(and(eq(metric.runId, runId), isNotNull(metric.at)))
      .groupBy(metric.step, metric.name)
      .all()
    return series.map(({ step, name, stored, first, last }) => {
      const ofCurve = and(ofStep(runId, step), eq(metric.name, name), isNotNull(metric.at))
      const width = stored <= mostPoints ? 0 : (2 * ((last ?? 0) - (first ?? 0))) / mostPoints
      return {
        step,
        name,
        stored,
        points: width > 0 ? this.#extremes(ofCurve, first ?? 0, width) : this.#points(ofCurve),
      }
    })
  }

  #points(ofCurve: ReturnType<typeof and>): Curve['points'] {
    const rows = this.#database.query
      .select({ at: metric.at, value: metric.value })
      .from(metric)
      .where(ofCurve)
      .orderBy(asc(metric.at))
      .all()
    return rows.map(({ at, value }) => [at ?? 0, value] as const)
  }

  /** The lowest and the highest point of each stretch; SQLite gives the row that the one min() or max() comes from. */
  #extremes(ofCurve: ReturnType<typeof and>, first: number, width: number): Curve['points'] {
    const stretch = sql`cast((${metric.at} - ${first}) / ${width} as integer)`
    const rows = [min(metric.value), max(metric.value)].flatMap(value =>
      this.#database.query.select({ at: metric.at, value }).from(metric).where(ofCurve).groupBy(stretch).all(),
    )
    const points = new Map(rows.map(({ at, value }) => [at ?? 0, value === null ? null : Number(value)]))
    return [...points].sort(([left], [right]) => left - right)
  }

  /** Forgets what a step reported, before it is run again from its beginning. */
  clear(runId: number, step: string): void {
    this.#database.query.delete(metric).where(ofStep(runId, step)).run()
  }
}

function ofStep(runId: number, step: string) {
  return and(eq(metric.runId, runId), eq(metric.step, step))
}
