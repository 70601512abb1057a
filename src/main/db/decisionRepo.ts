import { and, desc, eq, max, ne } from 'drizzle-orm'
import type { Decided, ReviewDecision, ReviewUndo } from '../../shared/contract/review'
import type { ReviewState } from '../../shared/contract/states'
import { WorkbenchError } from '../../shared/errors'
import { acceptedState, reviewMaskOf, type CorrectionRepo } from './correctionRepo'
import { inTransaction } from './database'
import type { Database } from './database'
import type { MaskStart } from './maskSource'
import { reviewDecision, type DecidedRow, type MaskRow, type ReviewDecisionRow } from './schema'

/** A photo, and the mask that is decided on. */
export interface DecidedPhoto {
  readonly imageId: number
  /** The mask that the person sees, where the photo has none of its own yet; null: its own. */
  readonly start: MaskStart | null
}

/** Decisions that are looked back at for the pace. */
const paceDecisions = 60
/** Milliseconds after which a person was away. */
const longestPause = 120_000

/** What was decided, in order, so that it can be taken back, today or after a restart. */
export class DecisionRepo {
  readonly #database: Database
  readonly #corrections: CorrectionRepo

  constructor(database: Database, corrections: CorrectionRepo) {
    this.#database = database
    this.#corrections = corrections
  }

  /** Stores one decision, or all that a rule made, in one transaction. */
  decide(photos: readonly DecidedPhoto[], decision: ReviewDecision, byRule: boolean): readonly Decided[] {
    const decidedAt = Date.now()
    return inTransaction(this.#database, () => {
      const batch = this.#nextId()
      return photos.map(photo => this.#decide(photo, { batch, decision, byRule: byRule ? 1 : 0, decidedAt }))
    })
  }

  /** Takes the newest decision back, or all that its rule made. @returns what was decided; nothing where none is left */
  undo(): readonly Decided[] {
    return inTransaction(this.#database, () => {
      const newest = this.#newest()
      if (newest === undefined) return []
      const rows = this.#ofBatch(newest.batch)
      this.#database.query.delete(reviewDecision).where(eq(reviewDecision.batch, newest.batch)).run()
      return rows.map(row => this.#putBack(row))
    })
  }

  /** What `undo` would take back. */
  get next(): ReviewUndo | null {
    const newest = this.#newest()
    if (newest === undefined) return null
    const { decision, decidedAt, batch } = newest
    return { decision, decidedAt, photos: this.#ofBatch(batch).length }
  }

  /** Masks a minute of the sitting that is going on: since the last pause; null before there are three decisions. */
  perMinute(): number | null {
    const times = this.#database.query
      .select({ at: reviewDecision.decidedAt })
      .from(reviewDecision)
      .where(and(eq(reviewDecision.byRule, 0), ne(reviewDecision.decision, 'clear')))
      .orderBy(desc(reviewDecision.id))
      .limit(paceDecisions)
      .all()
      .map(({ at }) => at)
    return paceOf(times)
  }

  #decide(
    { imageId, start }: DecidedPhoto,
    made: Pick<ReviewDecisionRow, 'batch' | 'decision' | 'byRule' | 'decidedAt'>,
  ): Decided {
    const before = this.#corrections.find(imageId)
    const row = start === null ? before : this.#corrections.begin(imageId, start)
    if (row === undefined)
      throw new WorkbenchError('BAD_INPUT', `Photo ${imageId} has no mask to decide on: paint one first.`)
    this.#corrections.setReview(imageId, stateAfter(made.decision, row))
    this.#database.query
      .insert(reviewDecision)
      .values({ ...made, imageId, version: row.version, before: before === undefined ? null : decidedOf(before) })
      .run()
    const mask = reviewMaskOf(this.#corrections.find(imageId)!)
    return { image: imageId, mask, before: before?.review ?? 'unreviewed' }
  }

  #putBack({ imageId, version, before }: ReviewDecisionRow): Decided {
    const now = this.#corrections.find(imageId)
    this.#corrections.putBack(imageId, version, before)
    const row = this.#corrections.find(imageId)!
    return { image: imageId, mask: reviewMaskOf(row), before: now?.review ?? 'unreviewed' }
  }

  #newest(): ReviewDecisionRow | undefined {
    return this.#database.query.select().from(reviewDecision).orderBy(desc(reviewDecision.id)).limit(1).get()
  }

  /** The newest first: a photo that was decided on twice gets its first state back last. */
  #ofBatch(batch: number): readonly ReviewDecisionRow[] {
    return this.#database.query
      .select()
      .from(reviewDecision)
      .where(eq(reviewDecision.batch, batch))
      .orderBy(desc(reviewDecision.id))
      .all()
  }

  #nextId(): number {
    return (
      (this.#database.query
        .select({ id: max(reviewDecision.id) })
        .from(reviewDecision)
        .get()?.id ?? 0) + 1
    )
  }
}

/** @param times of decisions in milliseconds, the newest first */
export function paceOf(times: readonly number[]): number | null {
  const pause = times.findIndex((at, i) => i > 0 && times[i - 1]! - at > longestPause)
  const sitting = pause === -1 ? times : times.slice(0, pause)
  const elapsed = sitting.length < 3 ? 0 : sitting[0]! - sitting.at(-1)!
  return elapsed === 0 ? null : ((sitting.length - 1) * 60_000) / elapsed
}

function stateAfter(decision: ReviewDecision, row: MaskRow): ReviewState {
  switch (decision) {
    case 'accept':
      return acceptedState(row)
    case 'reject':
      return 'rejected'
    case 'unsure':
      return 'unsure'
    case 'clear':
      return 'unreviewed'
  }
}

function decidedOf({ blob, review, sourceRun, sourceStep, sourceBlob, sourceKnown }: MaskRow): DecidedRow {
  return { blob, review, sourceRun, sourceStep, sourceBlob, sourceKnown }
}
