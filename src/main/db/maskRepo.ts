import { and, count, eq, gt, isNull, sql } from 'drizzle-orm'
import type { ImportedTruth } from '../../shared/contract/import'
import type { Database } from './database'
import { KeptUntilChange } from './keptUntilChange'
import { image, mask } from './schema'
import type { MaskRow } from './schema'

/** Splits whose counts are kept. */
const keptSplits = 8

/** Label maps of photos. For now only those that came with them: the ground truth. */
export class MaskRepo {
  readonly #database: Database
  readonly #truth
  readonly #addTruth
  readonly #truths

  constructor(database: Database) {
    this.#database = database
    this.#truths = new KeptUntilChange<number>(database.datasetClock, keptSplits)
    this.#truth = database.query
      .select()
      .from(mask)
      .where(and(eq(mask.imageId, sql.placeholder('imageId')), isTruth))
      .prepare()
    this.#addTruth = database.query
      .insert(mask)
      .values({
        imageId: sql.placeholder('imageId'),
        blob: sql.placeholder('blob'),
        pixels: sql.placeholder('pixels'),
        kind: 'ground_truth',
        runId: null,
        version: 1,
        review: 'accepted',
      })
      .prepare()
  }

  truth(imageId: number): MaskRow | undefined {
    return this.#truth.get({ imageId })
  }

  /** Stores a photo's ground truth; another blob than before is a new version. @returns whether it is another */
  setTruth(imageId: number, { blob, pixels }: ImportedTruth): boolean {
    const before = this.truth(imageId)
    if (before?.blob === blob) return false
    this.#database.datasetClock.tick()
    if (before)
      this.#database.query
        .update(mask)
        .set({ blob, pixels, version: before.version + 1 })
        .where(eq(mask.id, before.id))
        .run()
    else this.addTruth(imageId, { blob, pixels })
    return true
  }

  /** Stores the ground truth of a photo that has none. */
  addTruth(imageId: number, { blob, pixels }: ImportedTruth): void {
    this.#database.datasetClock.tick()
    this.#addTruth.run({ imageId, blob, pixels })
  }

  /** Blobs of the ground truth, by photo. */
  truthBlobs(split?: string): ReadonlyMap<number, string> {
    const rows = this.#database.query
      .select({ imageId: mask.imageId, blob: mask.blob })
      .from(mask)
      .innerJoin(image, eq(image.id, mask.imageId))
      .where(and(isTruth, split === undefined ? undefined : eq(image.split, split)))
      .all()
    return new Map(rows.map(row => [row.imageId, row.blob]))
  }

  /** Blobs of the masks that a person made or changed; what was accepted as it was is nobody's edit. */
  editedBlobs(): ReadonlySet<string> {
    const isChanged = and(gt(mask.version, 0), sql`${mask.blob} is not ${mask.sourceBlob}`)
    const rows = this.#database.query
      .select({ blob: mask.blob })
      .from(mask)
      .where(and(eq(mask.kind, 'edited'), isChanged))
      .all()
    return new Set(rows.map(({ blob }) => blob))
  }

  /** How many photos have ground truth. */
  countTruth(split?: string): number {
    return this.#truths.get(JSON.stringify(split ?? null), () => {
      const masks = this.#database.query.select({ masks: count() }).from(mask)
      if (split === undefined) return masks.where(isTruth).get()?.masks ?? 0
      const ofSplit = masks.innerJoin(image, eq(image.id, mask.imageId)).where(and(isTruth, eq(image.split, split)))
      return ofSplit.get()?.masks ?? 0
    })
  }
}

const isTruth = and(eq(mask.kind, 'ground_truth'), isNull(mask.runId))
