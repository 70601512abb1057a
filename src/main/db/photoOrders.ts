import { assertNever } from '../../shared/errors'
import { imageSorts, type ImageSort } from '../../shared/contract/imageFilter'
import { forEachBit } from '../../shared/sets/bitSet'
import type { Database } from './database'
import { KeptUntilChange } from './keptUntilChange'
import type { PhotoSets } from './photoSets'

const idRange = 2 ** 32

/** All photos in each order that lists have; equals by id, so that pages never overlap. */
export class PhotoOrders {
  readonly #database: Database
  readonly #sets: PhotoSets
  readonly #kept

  constructor(database: Database, sets: PhotoSets) {
    this.#database = database
    this.#sets = sets
    this.#kept = new KeptUntilChange<Uint32Array>(database.datasetClock, imageSorts.length)
  }

  /** Ids of all photos. */
  all(sort: ImageSort): Uint32Array {
    switch (sort) {
      case 'name':
        return this.#ordered('stem')
      case 'added':
        return this.#ordered('id')
      case 'size':
        return this.#ordered('width * height DESC, id')
      case 'labels':
        return this.#byLabels()
      default:
        return assertNever(sort)
    }
  }

  /** @param order columns of ours, never of a person */
  #ordered(order: string): Uint32Array {
    return this.#kept.get(order, () => {
      const ids = this.#database.sqlite.prepare<[], number>(`SELECT id FROM image ORDER BY ${order}`).pluck()
      return Uint32Array.from(ids.all())
    })
  }

  /** The photos with the most labels first: sorted as numbers, of which the id is the lower part. */
  #byLabels(): Uint32Array {
    const labels = new Uint8Array(this.#sets.length)
    for (const showing of this.#sets.classes()) forEachBit(showing, id => labels[id]!++)
    const keys = Float64Array.from(this.all('added'), id => -labels[id]! * idRange + id).sort()
    return Uint32Array.from(keys)
  }
}
