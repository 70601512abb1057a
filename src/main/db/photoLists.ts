import type { ImageFilter, ImageSort, PhotoChoice } from '../../shared/contract/imageFilter'
import type { PhotoLabel, PhotoPage, PhotoRow } from '../../shared/contract/photos'
import type { LabelState } from '../../shared/contract/states'
import { hasBit } from '../../shared/sets/bitSet'
import type { Database } from './database'
import { KeptUntilChange } from './keptUntilChange'
import { dependsOnLabels, photosMeant } from './photoFilter'
import { PhotoOrders } from './photoOrders'
import type { PhotoSets } from './photoSets'

/** Lists that are kept: those of a few tabs. One of 100,000 photos takes 400 kB. */
const keptLists = 8
/** Characters of a hash that tell the versions of a photo apart. */
const hashLength = 16

interface LabelOfPhoto extends Omit<PhotoLabel, 'source' | 'state'> {
  readonly imageId: number
  readonly corrected: LabelState | null
}

/**
 * The photos that a filter means, in order. A list is worked out once and then read by pages, which are the same
 * wherever in 100,000 photos they lie; it is worked out anew when what it hangs on has changed.
 */
export class PhotoLists {
  readonly #database: Database
  readonly #sets: PhotoSets
  readonly #orders: PhotoOrders
  readonly #kept
  readonly #rows
  readonly #labels
  #missing: readonly number[] = []

  constructor(database: Database, sets: PhotoSets) {
    this.#database = database
    this.#sets = sets
    this.#orders = new PhotoOrders(database, sets)
    this.#kept = new KeptUntilChange<Uint32Array>(database.datasetClock, keptLists)
    this.#rows = database.sqlite.prepare<[string], Omit<PhotoRow, 'labels' | 'hasTruth'> & { hasTruth: 0 | 1 }>(
      `SELECT id, stem, width, height, split, substr(sha256, 1, ${hashLength}) AS hash,
        EXISTS (SELECT 1 FROM mask WHERE image_id = image.id AND kind = 'ground_truth' AND run_id IS NULL) AS hasTruth,
        ifnull((SELECT review FROM mask WHERE image_id = image.id AND kind = 'edited' AND run_id IS NULL), 'unreviewed')
          AS review
      FROM image WHERE id IN (SELECT value FROM json_each(?))`,
    )
    this.#labels = database.sqlite.prepare<[string], LabelOfPhoto>(
      `SELECT image_id AS imageId, place, given, corrected
      FROM image_label JOIN class ON class.id = class_id
      WHERE image_id IN (SELECT value FROM json_each(?)) AND (given <> 'absent' OR corrected IS NOT NULL)
      ORDER BY image_id, place`,
    )
  }

  /** Ids of all photos of a list, in order. */
  ids(filter: ImageFilter, sort: ImageSort = 'name'): Uint32Array {
    const { reviewClock, labelClock } = this.#database
    const reviews = filter.review === undefined ? null : reviewClock.now
    const labels = sort === 'labels' || dependsOnLabels(filter) ? labelClock.now : null
    return this.#kept.get(JSON.stringify([filter, sort, reviews, labels]), () => this.#list(filter, sort))
  }

  /** A part of a list of ids with what is known of each photo. */
  page(ids: Uint32Array, { offset, limit }: { readonly offset: number; readonly limit: number }): PhotoPage {
    return { total: ids.length, rows: this.rows([...ids.subarray(offset, offset + limit)]) }
  }

  /** Ids of the photos that an edit is of. */
  chosen(choice: PhotoChoice): readonly number[] {
    if ('ids' in choice) return choice.ids
    const except = new Set(choice.except)
    return [...this.ids(choice.filter)].filter(id => !except.has(id))
  }

  /** Photos by id, in the order of `ids`; those that do not exist are left out. */
  rows(ids: readonly number[]): PhotoRow[] {
    const list = JSON.stringify(ids)
    const labels = new Map(ids.map(id => [id, [] as PhotoLabel[]]))
    for (const label of this.#labels.all(list)) labels.get(label.imageId)?.push(labelOf(label))
    const rows = new Map(this.#rows.all(list).map(row => [row.id, row]))
    return ids.flatMap(id => {
      const row = rows.get(id)
      if (row === undefined) return []
      return [{ ...row, hasTruth: row.hasTruth === 1, labels: labels.get(id)! }]
    })
  }

  /** Remembers whose file was not found, for the problem `missing`: only who looks at the disk knows. */
  setMissing(ids: readonly number[]): void {
    this.#missing = ids
    this.#database.datasetClock.tick()
  }

  #list(filter: ImageFilter, sort: ImageSort): Uint32Array {
    const meant = photosMeant(this.#database, this.#sets, filter, this.#missing)
    return this.#orders.all(sort).filter(id => hasBit(meant, id))
  }
}

function labelOf({ place, given, corrected }: LabelOfPhoto): PhotoLabel {
  return { place, state: corrected ?? given, source: corrected === null ? 'given' : 'corrected', given }
}
