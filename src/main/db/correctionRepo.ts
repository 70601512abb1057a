import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { MaskVersion, ReviewMask, VersionReason } from '../../shared/contract/review'
import { settledStates, type ReviewState } from '../../shared/contract/states'
import { WorkbenchError } from '../../shared/errors'
import { inTransaction } from './database'
import type { Database } from './database'
import { originOf, originVersion, sourceColumns, sourceOf, type MaskStart } from './maskSource'
import { mask, maskVersion, type DecidedRow, type MaskRow, type MaskVersionRow, type SourceColumns } from './schema'

/** A label map that is to be stored for a photo. */
export interface NewVersion {
  readonly blob: string
  readonly pixels: Readonly<Record<string, number>>
  /** The version that it was made from. */
  readonly base: number
}

/** Why a version is stored. */
interface VersionCause {
  readonly reason: VersionReason
  readonly restored: number | null
  /** What the label map began as; undefined: as the mask before it. */
  readonly source?: SourceColumns | undefined
}

/** What lists show of a correction. */
export type CorrectionSummary = Pick<MaskRow, 'imageId' | 'blob' | 'version' | 'review' | 'sourceBlob'>

/** What a person has said of photos' masks, and the label maps that they made: at most one a photo, with its versions. */
export class CorrectionRepo {
  readonly #database: Database
  readonly #one
  /** Of all photos, as last read, but those in `#stale`. */
  #summaries: Map<number, CorrectionSummary> | undefined
  readonly #stale = new Set<number>()

  constructor(database: Database) {
    this.#database = database
    this.#one = database.query
      .select()
      .from(mask)
      .where(and(eq(mask.imageId, sql.placeholder('imageId')), isCorrection))
      .prepare()
  }

  find(imageId: number): MaskRow | undefined {
    return this.#one.get({ imageId })
  }

  /** Every photo of which something was said or painted, by photo: kept in memory, since lists ask for all of them. */
  summaries(): ReadonlyMap<number, CorrectionSummary> {
    this.#summaries ??= new Map(this.#readSummaries().map(row => [row.imageId, row]))
    for (const imageId of this.#stale) {
      const row = this.find(imageId)
      if (row === undefined) this.#summaries.delete(imageId)
      else this.#summaries.set(imageId, row)
    }
    this.#stale.clear()
    return this.#summaries
  }

  /** Photos of which something was said. */
  countReviewed(): number {
    let count = 0
    for (const { review } of this.summaries().values()) if (review !== 'unreviewed') count++
    return count
  }

  /** Blobs that are a person's word, accepted or edited, by photo. */
  settledBlobs(): ReadonlyMap<number, string> {
    const settled = [...this.summaries().values()].filter(({ review }) => isSettled(review))
    return new Map(settled.map(({ imageId, blob }) => [imageId, blob]))
  }

  /** Gives a photo a row to hang strokes and decisions on. What a person has made or accepted stays as it is. */
  begin(imageId: number, start: MaskStart): MaskRow {
    const before = this.find(imageId)
    const values = { blob: start.blob, ...sourceOf(start) }
    this.#changed(imageId)
    if (before === undefined)
      this.#database.query
        .insert(mask)
        .values({ imageId, kind: 'edited', runId: null, version: 0, review: 'unreviewed', pixels: {}, ...values })
        .run()
    else this.#database.query.update(mask).set(values).where(eq(mask.id, before.id)).run()
    return this.find(imageId)!
  }

  setReview(imageId: number, review: ReviewState): void {
    this.#changed(imageId)
    this.#database.query
      .update(mask)
      .set({ review })
      .where(and(eq(mask.imageId, imageId), isCorrection))
      .run()
  }

  /** Puts back what a decision changed. A label map that was saved since stays; the word on it goes back. */
  putBack(imageId: number, version: number, before: DecidedRow | null): void {
    const now = this.find(imageId)
    if (now === undefined) return
    this.#changed(imageId)
    const values = now.version === version && before !== null ? before : { review: before?.review ?? 'unreviewed' }
    this.#database.query.update(mask).set(values).where(eq(mask.id, now.id)).run()
  }

  /** Stores a label map as the photo's next version. @throws CONFLICT where another was stored since `base` */
  save(imageId: number, made: NewVersion): MaskRow {
    return this.#store(imageId, made, { reason: 'saved', restored: null })
  }

  /** Stores a person's pixels over another step's mask: a draft, since nobody has seen the two together. */
  rebase(imageId: number, made: NewVersion, start: MaskStart): MaskRow {
    return inTransaction(this.#database, () => {
      this.#store(imageId, made, { reason: 'saved', restored: null, source: sourceOf(start) })
      this.setReview(imageId, 'unreviewed')
      return this.find(imageId)!
    })
  }

  /**
   * Makes an earlier version the newest, with what it was made from. Where that was not kept, the source stays that of the
   * mask before and is no longer known to be the right one.
   * @param version 0: what the run had made
   * @throws NOT_FOUND, CONFLICT
   */
  restore(imageId: number, version: number, base: number): MaskRow {
    return inTransaction(this.#database, () => {
      const before = this.find(imageId)
      const { blob, sourceKnown, sourceRun, sourceStep, sourceBlob } =
        version === 0 ? originVersion(before) : this.#version(imageId, version)
      const source = sourceKnown
        ? { sourceKnown, sourceRun, sourceStep, sourceBlob }
        : before && { ...sourceColumns(before), sourceKnown }
      return this.#store(imageId, { blob, pixels: {}, base }, { reason: 'restored', restored: version, source })
    })
  }

  /** Versions of a photo's mask, the newest first. */
  versions(imageId: number, limit: number): readonly MaskVersion[] {
    return this.#database.query
      .select()
      .from(maskVersion)
      .where(eq(maskVersion.imageId, imageId))
      .orderBy(desc(maskVersion.version))
      .limit(limit)
      .all()
      .map(versionOf)
  }

  #version(imageId: number, version: number): MaskVersionRow {
    const found = this.#database.query
      .select()
      .from(maskVersion)
      .where(and(eq(maskVersion.imageId, imageId), eq(maskVersion.version, version)))
      .get()
    if (found) return found
    throw new WorkbenchError('NOT_FOUND', `This photo's mask has no version ${version}: choose one of the list.`)
  }

  /** @param how with what the label map began as; without: as the mask before it */
  #store(imageId: number, { blob, pixels, base }: NewVersion, { reason, restored, source }: VersionCause): MaskRow {
    return inTransaction(this.#database, () => {
      const before = this.find(imageId)
      if (before?.version !== base) throw newerVersion(before?.version ?? 0, base)
      const version = base + 1
      const now = { blob, version, ...(source ?? sourceColumns(before)) }
      const review = isSettled(before.review) ? acceptedState(now) : before.review
      this.#changed(imageId)
      this.#database.query
        .update(mask)
        .set({ ...now, pixels, review })
        .where(eq(mask.id, before.id))
        .run()
      this.#database.query
        .insert(maskVersion)
        .values({ imageId, ...now, reason, restored, createdAt: Date.now() })
        .run()
      return this.find(imageId)!
    })
  }

  #changed(imageId: number): void {
    this.#stale.add(imageId)
    this.#database.reviewClock.tick()
  }

  #readSummaries(): CorrectionSummary[] {
    return this.#database.sqlite
      .prepare<[], CorrectionSummary>(
        `SELECT image_id AS imageId, blob, version, review, source_blob AS sourceBlob FROM mask
        WHERE kind = 'edited' AND run_id IS NULL`,
      )
      .all()
  }
}

/** Whether a person changed a pixel of what the run made. */
export function isEdited({ blob, sourceBlob, version }: Pick<MaskRow, 'blob' | 'sourceBlob' | 'version'>): boolean {
  return version > 0 && blob !== sourceBlob
}

/** What accepting makes of a mask: it says whether a person's hand is in it. */
export function acceptedState(row: Pick<MaskRow, 'blob' | 'sourceBlob' | 'version'>): 'accepted' | 'edited' {
  return isEdited(row) ? 'edited' : 'accepted'
}

/** Whether the mask is a person's word. */
export function isSettled(state: ReviewState): boolean {
  return (settledStates as readonly ReviewState[]).includes(state)
}

/** A row as windows see it. */
export function reviewMaskOf(row: MaskRow): ReviewMask {
  const { blob, version, review: state, sourceKnown: originKnown } = row
  return { blob, version, state, edited: isEdited(row), origin: originOf(row), originKnown }
}

function versionOf(row: MaskVersionRow): MaskVersion {
  const { version, blob, reason, restored, createdAt } = row
  return { version, blob, reason, restored, createdAt, origin: row.sourceKnown ? originOf(row) : 'unknown' }
}

const isCorrection = and(eq(mask.kind, 'edited'), isNull(mask.runId))

function newerVersion(stored: number, base: number): WorkbenchError {
  return new WorkbenchError(
    'CONFLICT',
    `This mask was saved from another window: version ${stored} is the newest, yours began from version ${base}. ` +
      'Look at both and choose.',
  )
}
