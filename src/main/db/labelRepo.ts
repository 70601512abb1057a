import { and, asc, eq, sql, type SQL } from 'drizzle-orm'
import type { LabelSummary } from '../../shared/contract/datasetStats'
import type { LabelState } from '../../shared/contract/states'
import { inTransaction } from './database'
import type { Database } from './database'
import { classTable, image, imageLabel } from './schema'
import type { ImageLabelRow } from './schema'

/** A person's correction wins over what the source said. */
export const effectiveState = sql<LabelState>`ifnull(${imageLabel.corrected}, ${imageLabel.given})`
export const isPresent = sql`${effectiveState} = 'present'`

/** Corrections of one class that were made together. */
export interface LabelChange {
  readonly classId: number
  readonly groups: readonly LabelChangeGroup[]
}

/** Photos whose correction went from one value to another; null: none, what was given holds. */
interface LabelChangeGroup {
  readonly from: LabelState | null
  readonly to: LabelState | null
  readonly imageIds: readonly number[]
}

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

  /** Another number than before: some label may be different. */
  get version(): number {
    return this.#database.labelClock.now
  }

  /** What is known about a photo's classes; a class that is not listed is absent. */
  ofImage(imageId: number): readonly ImageLabelRow[] {
    return this.#ofImage.all({ imageId })
  }

  /** Says for the first time what the source says of a photo. */
  addGiven(imageId: number, states: ReadonlyMap<number, LabelState>): void {
    for (const [classId, given] of states) {
      this.#database.labelClock.tick(classId)
      this.#setGiven.run({ imageId, classId, given })
    }
  }

  /** Replaces what the source says of a photo; corrections stay. @returns whether anything is different now */
  setGiven(imageId: number, states: ReadonlyMap<number, LabelState>): boolean {
    const before = new Map(this.ofImage(imageId).map(row => [row.classId, row]))
    const isGone = (row: ImageLabelRow) => row.given !== 'absent' || (states.size === 0 && row.corrected === null)
    const gone = [...before.values()].filter(row => !states.has(row.classId) && isGone(row))
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
    this.#database.labelClock.tick(classId)
    this.#database.query
      .insert(imageLabel)
      .values({ imageId, classId, given: 'absent', corrected })
      .onConflictDoUpdate({ target: [imageLabel.imageId, imageLabel.classId], set: { corrected } })
      .run()
  }

  /**
   * Works out what setting one label of many photos changes; nothing is stored. A label that is set to what was given is
   * no correction, but where the source said nothing of a photo "absent" is a word of its own; `null` takes corrections
   * back.
   */
  planChange(imageIds: readonly number[], classId: number, state: LabelState | null): LabelChange {
    const rows = this.#database.sqlite
      .prepare<[string, number], { id: number; given: LabelState; corrected: LabelState | null; said: 0 | 1 }>(
        `SELECT image.id, ifnull(given, 'absent') AS given, corrected, EXISTS (SELECT 1 FROM image_label AS word
          WHERE word.image_id = image.id AND (word.given <> 'absent' OR ifnull(word.corrected, '') <> 'absent')) AS said
        FROM json_each(?) JOIN image ON image.id = value
        LEFT JOIN image_label ON image_id = image.id AND class_id = ?`,
      )
      .all(JSON.stringify(imageIds), classId)
    const groups = new Map<string, { from: LabelState | null; to: LabelState | null; imageIds: number[] }>()
    for (const { id, given, corrected: from, said } of rows) {
      const to = state === given && said === 1 ? null : state
      if (from === to) continue
      const key = `${from} ${to}`
      const group = groups.get(key) ?? { from, to, imageIds: [] }
      groups.set(key, group)
      group.imageIds.push(id)
    }
    return { classId, groups: [...groups.values()] }
  }

  /** Stores a change, or takes it back. */
  applyChange({ classId, groups }: LabelChange, direction: 'forth' | 'back'): void {
    inTransaction(this.#database, () => {
      for (const { from, to, imageIds } of groups)
        this.#correctAll(imageIds, classId, direction === 'forth' ? to : from)
    })
  }

  /** How many of some photos show each class; classes that none of them mentions are left out. */
  summary(imageIds: readonly number[]): LabelSummary[] {
    return this.#database.sqlite
      .prepare<[string], LabelSummary>(
        `SELECT place, sum(ifnull(corrected, given) = 'present') AS present,
          sum(ifnull(corrected, given) = 'unknown') AS unknown, count(corrected) AS corrected
        FROM image_label JOIN class ON class.id = class_id
        WHERE image_id IN (SELECT value FROM json_each(?))
        GROUP BY class_id ORDER BY place`,
      )
      .all(JSON.stringify(imageIds))
  }

  /** Places of the classes that are present in one photo, ascending. */
  presentPlacesOf(imageId: number): readonly number[] {
    return this.#database.query
      .select({ place: classTable.place })
      .from(imageLabel)
      .innerJoin(classTable, eq(classTable.id, imageLabel.classId))
      .where(and(isPresent, eq(imageLabel.imageId, imageId)))
      .orderBy(asc(classTable.place))
      .all()
      .map(({ place }) => place)
  }

  /** Places of the classes that are present, ascending, by photo; photos without any are not in the map. */
  presentPlaces(split?: string): ReadonlyMap<number, readonly number[]> {
    return this.#placesWhere(isPresent, split)
  }

  /** The same of the classes of which nobody knows. */
  unknownPlaces(split?: string): ReadonlyMap<number, readonly number[]> {
    return this.#placesWhere(sql`${effectiveState} = 'unknown'`, split)
  }

  /**
   * Photos of which nobody has said what they show, by stem: no class is present, and of some it is not known whether it
   * is. Where the source said something of a photo, what it did not name is absent; a person says so class by class.
   */
  unlabelled(split?: string): readonly { readonly id: number; readonly stem: string }[] {
    return this.#database.sqlite
      .prepare<[string | null], { id: number; stem: string }>(
        `SELECT id, stem FROM image WHERE split = ifnull(?, split)
          AND NOT EXISTS (SELECT 1 FROM image_label WHERE image_id = id AND ifnull(corrected, given) = 'present')
          AND (EXISTS (SELECT 1 FROM image_label WHERE image_id = id AND ifnull(corrected, given) = 'unknown')
            OR (NOT EXISTS (SELECT 1 FROM image_label WHERE image_id = id AND (given <> 'absent' OR corrected IS NULL))
              AND (SELECT count(*) FROM image_label WHERE image_id = id) < (SELECT count(*) FROM class)))
        ORDER BY stem`,
      )
      .all(split ?? null)
  }

  #placesWhere(condition: SQL, split: string | undefined): ReadonlyMap<number, readonly number[]> {
    const rows = this.#database.query
      .select({ imageId: imageLabel.imageId, place: classTable.place })
      .from(imageLabel)
      .innerJoin(classTable, eq(classTable.id, imageLabel.classId))
      .innerJoin(image, eq(image.id, imageLabel.imageId))
      .where(and(condition, split === undefined ? undefined : eq(image.split, split)))
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

  #correctAll(imageIds: readonly number[], classId: number, corrected: LabelState | null): void {
    const { sqlite, labelClock } = this.#database
    labelClock.tick(classId)
    const list = JSON.stringify(imageIds)
    sqlite
      .prepare(
        `INSERT INTO image_label (image_id, class_id, given, corrected)
        SELECT value, ?, 'absent', ? FROM json_each(?) WHERE true
        ON CONFLICT DO UPDATE SET corrected = excluded.corrected`,
      )
      .run(classId, corrected, list)
    if (corrected !== null) return
    // A class without a row is absent: what says no more than that goes.
    sqlite
      .prepare(
        `DELETE FROM image_label WHERE class_id = ? AND given = 'absent' AND corrected IS NULL
        AND image_id IN (SELECT value FROM json_each(?))`,
      )
      .run(classId, list)
  }

  #delete(imageId: number, classId: number): void {
    this.#database.labelClock.tick(classId)
    this.#database.query
      .delete(imageLabel)
      .where(and(eq(imageLabel.imageId, imageId), eq(imageLabel.classId, classId)))
      .run()
  }
}
