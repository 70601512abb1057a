import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'

/** What a person's work is written to. */
const tables = ['image', 'image_label', 'stroke', 'mask'] as const
const largestRowId = '9223372036854775807'

/**
 * Lets SQLite answer every new row of a project as it does where the disk has no room for it: with SQLITE_FULL, here
 * because a table that the row is counted in has no number left. Another program may do so while the project is open.
 *
 * @returns makes room again
 */
export function fillDisk(folder: string): () => void {
  const each = (sql: (table: string) => string) => tables.map(sql).join('\n')
  write(
    folder,
    `CREATE TABLE no_room (id INTEGER PRIMARY KEY AUTOINCREMENT);
    INSERT INTO no_room VALUES (${largestRowId});
    ${each(table => `CREATE TRIGGER no_room_${table} BEFORE INSERT ON ${table} BEGIN INSERT INTO no_room VALUES (NULL); END;`)}`,
  )
  return () => write(folder, `${each(table => `DROP TRIGGER no_room_${table};`)} DROP TABLE no_room;`)
}

function write(folder: string, sql: string): void {
  const database = new BetterSqlite3(join(folder, 'project.sqlite'), { timeout: 5000 })
  database.exec(sql)
  database.close()
}
