import { eq } from 'drizzle-orm'
import type { Database } from './database'
import { setting } from './schema'

/** Small facts about the project, as JSON under a name. */
export class SettingRepo {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** The stored value, for the caller to parse; `undefined` when there is none. */
  get(key: string): unknown {
    return this.#database.query.select().from(setting).where(eq(setting.key, key)).get()?.value
  }

  set(key: string, value: string | number | boolean | object): void {
    this.#database.query
      .insert(setting)
      .values({ key, value })
      .onConflictDoUpdate({ target: setting.key, set: { value } })
      .run()
  }

  remove(key: string): void {
    this.#database.query.delete(setting).where(eq(setting.key, key)).run()
  }
}
