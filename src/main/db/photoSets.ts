import { bitSetOf, union, type BitSet } from '../../shared/sets/bitSet'
import type { Database } from './database'
import { KeptUntilChange } from './keptUntilChange'

/** Photos that show a class, from the index of present labels alone (0002-list-photos.sql). */
export const photosShowing = `SELECT image_id FROM image_label
  WHERE class_id = ? AND ifnull(corrected, given) = 'present'`

interface KeptClass {
  /** When it was read, on the label clock. */
  readonly at: number
  readonly photos: BitSet
}

/** What holds until photos or classes change. */
interface Known {
  /** All ids of photos are below it. */
  readonly length: number
  /** Ids of the classes by place. */
  readonly classIds: readonly number[]
  readonly splits: Map<string | undefined, BitSet>
  readonly classes: Map<number, KeptClass>
}

/**
 * Which photos show which class, and which are in which split, as sets of their ids: 200 classes of 100,000 photos take
 * 2.5 MB, and are counted, filtered and paired within milliseconds. After an edit of labels only its class is read again.
 */
export class PhotoSets {
  readonly #database: Database
  readonly #kept
  readonly #showing

  constructor(database: Database) {
    this.#database = database
    this.#kept = new KeptUntilChange<Known>(database.datasetClock, 1)
    this.#showing = database.sqlite.prepare<[number], number>(photosShowing).pluck()
  }

  /** All ids of photos are below it. */
  get length(): number {
    return this.#known().length
  }

  /** The photos of a split, or all. */
  inSplit(split: string | undefined): BitSet {
    const { splits, length } = this.#known()
    const photos = splits.get(split) ?? bitSetOf(this.#idsOf(split), length)
    splits.set(split, photos)
    return photos
  }

  /** Photos that show the class of a place; none where there is no such class. */
  showing(place: number): BitSet {
    const known = this.#known()
    const id = known.classIds[place]
    return id === undefined ? bitSetOf([], known.length) : this.#classOf(known, id)
  }

  /** Photos that show each class, by place. */
  classes(): readonly BitSet[] {
    const known = this.#known()
    return known.classIds.map(id => this.#classOf(known, id))
  }

  /** Photos that show any class. */
  labelled(): BitSet {
    return union(this.classes(), this.length)
  }

  #classOf({ classes, length }: Known, id: number): BitSet {
    const at = this.#database.labelClock.of(id)
    const kept = classes.get(id)
    if (kept?.at === at) return kept.photos
    const photos = bitSetOf(this.#showing.all(id), length)
    classes.set(id, { at, photos })
    return photos
  }

  #known(): Known {
    return this.#kept.get('', () => {
      const { sqlite } = this.#database
      const length = sqlite.prepare<[], number>('SELECT ifnull(max(id), 0) + 1 FROM image').pluck().get()
      const classIds = sqlite.prepare<[], number>('SELECT id FROM class ORDER BY place').pluck().all()
      return { length: Number(length), classIds, splits: new Map(), classes: new Map() }
    })
  }

  #idsOf(split: string | undefined): number[] {
    const ids = `SELECT id FROM image WHERE ? IS NULL OR split = ?`
    return this.#database.sqlite
      .prepare<unknown[], number>(ids)
      .pluck()
      .all(split ?? null, split ?? null)
  }
}
