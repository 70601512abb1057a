import { asc } from 'drizzle-orm'
import type { Database } from './database'
import { classTable } from './schema'
import type { ClassRow } from './schema'

/** The project's classes, in the order that gives label maps their values. */
export class ClassRepo {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  list(): readonly ClassRow[] {
    return this.#database.query.select().from(classTable).orderBy(asc(classTable.place)).all()
  }

  names(): readonly string[] {
    return this.list().map(row => row.name)
  }

  /** Adds classes behind those that are there. */
  append(names: readonly string[]): void {
    this.#database.datasetClock.tick()
    const first = this.list().length
    const rows = names.map((name, index) => ({ place: first + index, name }))
    if (rows.length > 0) this.#database.query.insert(classTable).values(rows).run()
  }
}
