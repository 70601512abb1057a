import { and, asc, count, eq, ne, sql } from 'drizzle-orm'
import { inTransaction } from './database'
import type { Database } from './database'
import type { StepPlace } from './runRepo'
import { artifact, mask, maskVersion } from './schema'
import type { ArtifactRow } from './schema'

/** Which blob a step made for which photo. */
export class ArtifactRepo {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Stores all of them in one transaction; a newer blob of the same step, kind and photo takes the older one's place. */
  record(artifacts: readonly ArtifactRow[]): void {
    inTransaction(this.#database, () => {
      for (const row of artifacts)
        this.#database.query
          .insert(artifact)
          .values(row)
          .onConflictDoUpdate({
            target: [artifact.runId, artifact.step, artifact.kind, artifact.imageId],
            set: { blob: row.blob },
          })
          .run()
    })
  }

  /** Records for one step what another made: the same blobs. */
  copy(from: StepPlace, to: StepPlace): void {
    this.#database.query.run(sql`
      INSERT INTO artifact (run_id, step, kind, image_id, blob)
      SELECT ${to.run}, ${to.step}, kind, image_id, blob FROM artifact
      WHERE run_id = ${from.run} AND step = ${from.step}`)
  }

  /** What a step made, of one kind or of all, by photo. */
  listForStep(runId: number, step: string, kind?: string): readonly ArtifactRow[] {
    const ofStep = and(eq(artifact.runId, runId), eq(artifact.step, step))
    return this.#database.query
      .select()
      .from(artifact)
      .where(kind === undefined ? ofStep : and(ofStep, eq(artifact.kind, kind)))
      .orderBy(asc(artifact.kind), asc(artifact.imageId))
      .all()
  }

  /** What all runs made for one photo. */
  ofImage(imageId: number): readonly ArtifactRow[] {
    return this.#database.query.select().from(artifact).where(eq(artifact.imageId, imageId)).all()
  }

  /** Whether a step made something of a kind. */
  has(runId: number, step: string, kind: string): boolean {
    const some = this.#database.query
      .select({ imageId: artifact.imageId })
      .from(artifact)
      .where(and(eq(artifact.runId, runId), eq(artifact.step, step), eq(artifact.kind, kind)))
    return some.limit(1).get() !== undefined
  }

  /** What a step made of one kind for one photo. */
  find(runId: number, step: string, kind: string, imageId: number): ArtifactRow | undefined {
    return this.#database.query
      .select()
      .from(artifact)
      .where(
        and(eq(artifact.runId, runId), eq(artifact.step, step), eq(artifact.kind, kind), eq(artifact.imageId, imageId)),
      )
      .get()
  }

  /** Of how many photos a step made something of a kind. */
  countOf(runId: number, step: string, kind: string): number {
    const made = this.#database.query.select({ photos: count() }).from(artifact)
    return (
      made.where(and(eq(artifact.runId, runId), eq(artifact.step, step), eq(artifact.kind, kind))).get()?.photos ?? 0
    )
  }

  /** How much of each kind the steps of a run made. */
  counts(runId: number): readonly { readonly step: string; readonly kind: string; readonly count: number }[] {
    return this.#database.query
      .select({ step: artifact.step, kind: artifact.kind, count: count() })
      .from(artifact)
      .where(eq(artifact.runId, runId))
      .groupBy(artifact.step, artifact.kind)
      .all()
  }

  /** Blobs that this run alone refers to: no other run and no mask has the same. */
  ownBlobs(runId: number): readonly string[] {
    const blobs = this.#database.query.select({ blob: artifact.blob }).from(artifact)
    return blobs
      .where(eq(artifact.runId, runId))
      .except(this.#database.query.select({ blob: artifact.blob }).from(artifact).where(ne(artifact.runId, runId)))
      .except(this.#database.query.select({ blob: mask.blob }).from(mask))
      .except(this.#database.query.select({ blob: sql<string>`ifnull(${mask.sourceBlob}, '')` }).from(mask))
      .except(this.#database.query.select({ blob: maskVersion.blob }).from(maskVersion))
      .except(
        this.#database.query.select({ blob: sql<string>`ifnull(${maskVersion.sourceBlob}, '')` }).from(maskVersion),
      )
      .all()
      .map(({ blob }) => blob)
  }

  /** Forgets what a step made, before it is run again from its beginning. The blobs stay: others may share them. */
  clear(runId: number, step: string): void {
    this.#database.query
      .delete(artifact)
      .where(and(eq(artifact.runId, runId), eq(artifact.step, step)))
      .run()
  }
}
