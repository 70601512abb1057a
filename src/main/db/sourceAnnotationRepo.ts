import { eq } from 'drizzle-orm'
import type { SourceAnnotation } from '../../shared/contract/import'
import type { Database } from './database'
import { sourceAnnotation } from './schema'

/** What sources said of photos, word for word: the latest import's. */
export class SourceAnnotationRepo {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** By photo. */
  all(): ReadonlyMap<number, SourceAnnotation> {
    const rows = this.#database.query.select().from(sourceAnnotation).all()
    return new Map(rows.map(({ imageId, format, blob }) => [imageId, { format, blob }]))
  }

  /** @returns whether it was another before */
  set(imageId: number, annotation: SourceAnnotation): boolean {
    const { query } = this.#database
    const before = query.select().from(sourceAnnotation).where(eq(sourceAnnotation.imageId, imageId)).get()
    if (before?.format === annotation.format && before.blob === annotation.blob) return false
    query
      .insert(sourceAnnotation)
      .values({ imageId, ...annotation })
      .onConflictDoUpdate({ target: sourceAnnotation.imageId, set: annotation })
      .run()
    return true
  }
}
