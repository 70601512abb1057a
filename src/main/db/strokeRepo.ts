import { and, asc, count, eq, gt, lte, sql } from 'drizzle-orm'
import { keptStrokes, type StoredStroke, type StrokeJournal } from '../../shared/contract/strokeJournal'
import { WorkbenchError } from '../../shared/errors'
import { inTransaction } from './database'
import type { Database } from './database'
import { stroke, strokeJournal, type StrokeJournalRow } from './schema'

const emptyJournal = { revision: 0, position: 0, saved: 0 }

/**
 * Strokes of photos, each stored before it is answered: what undo and a restart need. How they stand to the saved label
 * map is written at `StrokeJournal`.
 */
export class StrokeRepo {
  readonly #database: Database
  readonly #head
  readonly #extent

  constructor(database: Database) {
    this.#database = database
    this.#head = database.query
      .select()
      .from(strokeJournal)
      .where(eq(strokeJournal.imageId, sql.placeholder('imageId')))
      .prepare()
    this.#extent = database.sqlite.prepare<
      [number],
      { first: number | null; last: number | null; bytes: number | null }
    >(
      `SELECT min(place) FILTER (WHERE rewind = 0) AS first, max(place) FILTER (WHERE rewind = 0) AS last,
        sum(length(delta)) AS bytes FROM stroke WHERE image_id = ?`,
    )
  }

  journal(imageId: number): StrokeJournal {
    const { revision, position, saved } = this.#find(imageId)
    const { first, last, bytes } = this.#extent.get(imageId)!
    return { revision, position, saved, first: first ?? position + 1, last: last ?? position, bytes: bytes ?? 0 }
  }

  /** How many steps lead from the saved label map to the mask as it is painted; 0: they are the same. */
  unsaved(imageId: number): number {
    const { position, saved } = this.#find(imageId)
    const rewinds = this.#database.query
      .select({ strokes: count() })
      .from(stroke)
      .where(and(eq(stroke.imageId, imageId), eq(stroke.rewind, 1)))
      .get()
    return Math.abs(position - saved) + (rewinds?.strokes ?? 0)
  }

  hasStrokes(imageId: number): boolean {
    const some = this.#database.query.select({ place: stroke.place }).from(stroke).where(eq(stroke.imageId, imageId))
    return some.limit(1).get() !== undefined
  }

  /** All strokes, by place; at one place the one to rewind first. */
  list(imageId: number): readonly StoredStroke[] {
    return this.#database.query
      .select()
      .from(stroke)
      .where(eq(stroke.imageId, imageId))
      .orderBy(asc(stroke.place), sql`${stroke.rewind} desc`)
      .all()
      .map(({ place, rewind, delta }) => ({ place, rewind: rewind === 1, delta }))
  }

  /**
   * Adds a stroke after the one that is applied last; those that were undone there go.
   * @throws CONFLICT where another window changed the journal since `revision`
   */
  append(imageId: number, revision: number, delta: Uint8Array): StrokeJournal {
    return inTransaction(this.#database, () => {
      const head = this.#expect(imageId, revision)
      const place = head.position + 1
      const saved = this.#leaveUndone(imageId, head)
      this.#store(imageId, { revision: revision + 1, position: place, saved })
      this.#database.query
        .insert(stroke)
        .values({ imageId, place, rewind: 0, delta: Buffer.from(delta) })
        .run()
      this.#forgetOldest(imageId, place, saved)
      return this.journal(imageId)
    })
  }

  /** Undo and redo: says which stroke is applied last from now on. @throws CONFLICT; BAD_INPUT for a place not kept */
  move(imageId: number, revision: number, position: number): StrokeJournal {
    return inTransaction(this.#database, () => {
      const { saved } = this.#expect(imageId, revision)
      const { first, last } = this.journal(imageId)
      if (position < first - 1 || position > last)
        throw new WorkbenchError(
          'BAD_INPUT',
          `Stroke ${position} of this photo is not kept: undo and redo reach from ${first - 1} to ${last}.`,
        )
      this.#store(imageId, { revision: revision + 1, position, saved })
      return this.journal(imageId)
    })
  }

  /** The label map holds all strokes that are applied: nothing has to be rewound. Undo reaches as far as before. */
  fold(imageId: number, revision: number): StrokeJournal {
    return inTransaction(this.#database, () => {
      const { position } = this.#expect(imageId, revision)
      this.#database.query
        .delete(stroke)
        .where(and(eq(stroke.imageId, imageId), eq(stroke.rewind, 1)))
        .run()
      this.#store(imageId, { revision: revision + 1, position, saved: position })
      return this.journal(imageId)
    })
  }

  /** Forgets all strokes: the label map is another than they were painted on. */
  clear(imageId: number, revision: number): StrokeJournal {
    return inTransaction(this.#database, () => {
      const { position } = this.#expect(imageId, revision)
      this.#database.query.delete(stroke).where(eq(stroke.imageId, imageId)).run()
      this.#store(imageId, { revision: revision + 1, position, saved: position })
      return this.journal(imageId)
    })
  }

  #find(imageId: number): Omit<StrokeJournalRow, 'imageId'> {
    return this.#head.get({ imageId }) ?? emptyJournal
  }

  #expect(imageId: number, revision: number): Omit<StrokeJournalRow, 'imageId'> {
    const head = this.#find(imageId)
    if (head.revision === revision) return head
    throw new WorkbenchError(
      'CONFLICT',
      'This photo was painted on in another window since: look at what it is now, then go on.',
    )
  }

  /**
   * A new stroke over undone ones: those that the label map holds stay, to be taken back from it; the others go.
   * @returns the place that is reached once they are taken back
   */
  #leaveUndone(imageId: number, { position, saved }: Omit<StrokeJournalRow, 'imageId'>): number {
    const undone = and(eq(stroke.imageId, imageId), eq(stroke.rewind, 0), gt(stroke.place, position))
    if (position < saved)
      this.#database.query
        .update(stroke)
        .set({ rewind: 1 })
        .where(and(undone, lte(stroke.place, saved)))
        .run()
    this.#database.query.delete(stroke).where(undone).run()
    return Math.min(position, saved)
  }

  /** Beyond `keptStrokes`, the oldest that the label map holds go. */
  #forgetOldest(imageId: number, newest: number, saved: number): void {
    const upTo = Math.min(newest - keptStrokes, saved)
    this.#database.query
      .delete(stroke)
      .where(and(eq(stroke.imageId, imageId), eq(stroke.rewind, 0), lte(stroke.place, upTo)))
      .run()
  }

  #store(imageId: number, head: Omit<StrokeJournalRow, 'imageId'>): void {
    this.#database.query
      .insert(strokeJournal)
      .values({ imageId, ...head })
      .onConflictDoUpdate({ target: strokeJournal.imageId, set: head })
      .run()
  }
}
