import { and, asc, eq, sql } from 'drizzle-orm'
import type { LabelState } from '../../shared/contract/states'
import { inTransaction } from './database'
import type { Database } from './database'
import { classTable, image, imageLabel } from './schema'
import type { ImageLabelRow } from './schema'

/** A person's correction wins over what the source said. */
export const effectiveState = sql<LabelState>`ifnull(${imageLabel.corrected}, ${imageLabel.given})`
export const isPresent = sql`${effectiveState} = 'present'`

/** Which classes are in which photo. */
export class LabelRepo {
  readonly #database: Database
  readonly #ofImage
  readonly #setGiven

  constructor(database: Database) {
    this.#database = database
    this.#ofImage = database.query
      .select()
      .from(imageLabel)
      .where(eq(imageLabel.imageId, sql.placeholder('imageId')))
      .orderBy(asc(imageLabel.classId))
      .prepare()
    this.#setGiven = database.query
      .insert(imageLabel)
      .values({
        imageId: sql.placeholder('imageId'),
        classId: sql.placeholder('classId'),
        given: sql.placeholder('given'),
      })
      .onConflictDoUpdate({ target: [imageLabel.imageId, imageLabel.classId], set: { given: sql`excluded.given` } })
      .prepare()
  }

  /** What is known about a photo's classes; a class that is not listed is absent. */
  ofImage(imageId: number): readonly ImageLabelRow[] {
    return this.#ofImage.all({ imageId })
  }

  /** Says for the first time what the source says of a photo. */
  addGiven(imageId: number, states: ReadonlyMap<number, LabelState>): void {
    this.#database.datasetClock.tick()
    for (const [classId, given] of states) this.#setGiven.run({ imageId, classId, given })
  }

  /** Replaces what the source says of a photo; corrections stay. @returns whether anything is different now */
  setGiven(imageId: number, states: ReadonlyMap<number, LabelState>): boolean {
    const before = new Map(this.ofImage(imageId).map(row => [row.classId, row]))
    const gone = [...before.values()].filter(row => row.given !== 'absent' && !states.has(row.classId))
    const changed = [...states].filter(([classId, given]) => before.get(classId)?.given !== given)
    if (gone.length === 0 && changed.length === 0) return false
    inTransaction(this.#database, () => {
      for (const { classId, corrected } of gone)
        if (corrected === null) this.#delete(imageId, classId)
        else this.#setGiven.run({ imageId, classId, given: 'absent' })
      this.addGiven(imageId, new Map(changed))
    })
    return true
  }

  /** Corrects one label; `null` goes back to what was given. */
  correct(imageId: number, classId: number, corrected: LabelState | null): void {
    this.#database.datasetClock.tick()
    this.#database.query
      .insert(imageLabel)
      .values({ imageId, classId, given: 'absent', corrected })
      .onConflictDoUpdate({ target: [imageLabel.imageId, imageLabel.classId], set: { corrected } })
      .run()
  }

  /** Places of the classes that are present, ascending, by photo; photos without any are not in the map. */
  presentPlaces(split?: string): ReadonlyMap<number, readonly number[]> {
    const rows = this.#database.query
      .select({ imageId: imageLabel.imageId, place: classTable.place })
      .from(imageLabel)
      .innerJoin(classTable, eq(classTable.id, imageLabel.classId))
      .innerJoin(image, eq(image.id, imageLabel.imageId))
      .where(and(isPresent, split === undefined ? undefined : eq(image.split, split)))
      .orderBy(asc(imageLabel.imageId), asc(classTable.place))
      .all()
    const places = new Map<number, number[]>()
    for (const { imageId, place } of rows) {
      const list = places.get(imageId)
      if (list) list.push(place)
      else places.set(imageId, [place])
    }
    return places
  }

  #delete(imageId: number, classId: number): void {
    this.#database.datasetClock.tick()
    this.#database.query
      .delete(imageLabel)
      .where(and(eq(imageLabel.imageId, imageId), eq(imageLabel.classId, classId)))
      .run()
  }
}
