import { is } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import { openDatabase } from './database'
import * as evaluationSchema from './evaluationSchema'
import { migrate } from './migrate'
import * as schema from './schema'

interface ColumnInfo {
  readonly name: string
  readonly type: string
  readonly notnull: number
  readonly pk: number
}

interface ForeignKey {
  readonly from: string
  readonly table: string
  readonly to: string
  readonly on_delete: string
}

const { sqlite } = migrated()
const tables = Object.values({ ...schema, ...evaluationSchema }).flatMap(value =>
  is(value, SQLiteTable) ? [getTableConfig(value)] : [],
)

function migrated() {
  const database = openDatabase(':memory:', { readOnly: false })
  migrate(database, () => undefined)
  return database
}

function sqlOf(table: string): string {
  return String(sqlite.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(table))
}

test('migrations and the schemas know the same tables', () => {
  const made = sqlite
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
    .pluck()
    .all()
  expect(made).toEqual(tables.map(table => table.name).sort())
})

test.each(tables)('$name has the same columns', ({ name, columns, primaryKeys }) => {
  const made = sqlite.prepare('SELECT name, type, "notnull", pk FROM pragma_table_info(?)').all(name) as ColumnInfo[]
  const composite = primaryKeys.flatMap(key => key.columns.map(column => column.name))
  const inKey = (column: { name: string; primary: boolean }) => column.primary || composite.includes(column.name)
  expect(
    made.map(({ name, type, notnull, pk }) => ({ name, type, required: notnull === 1 || pk > 0, key: pk > 0 })),
  ).toEqual(
    columns.map(column => ({
      name: column.name,
      type: column.getSQLType().toUpperCase(),
      required: column.notNull,
      key: inKey(column),
    })),
  )
})

test.each(tables)('$name has the same references', ({ name, foreignKeys }) => {
  const made = sqlite.prepare('SELECT * FROM pragma_foreign_key_list(?)').all(name) as ForeignKey[]
  const known = foreignKeys.map(key => {
    const { columns, foreignTable, foreignColumns } = key.reference()
    return `${columns[0]!.name} → ${getTableConfig(foreignTable).name}.${foreignColumns[0]!.name} ${key.onDelete}`
  })
  expect(made.map(key => `${key.from} → ${key.table}.${key.to} ${key.on_delete.toLowerCase()}`).sort()).toEqual(
    known.sort(),
  )
})

test.each(tables)('$name has the same indexes', ({ name, indexes }) => {
  const made = sqlite
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY name`)
    .pluck()
    .all(name)
  expect(made).toEqual(indexes.map(index => index.config.name).sort())
})

test.each(tables)('$name allows the same words', ({ name, columns }) => {
  for (const column of columns.filter(column => column.enumValues)) {
    const words = column.enumValues!.map((word: string) => `'${word}'`).join(', ')
    expect(sqlOf(name)).toContain(`CHECK (${column.name} IN (${words}))`)
  }
})

test.each(tables)('$name is strict', ({ name }) => {
  const strict = sqlite.prepare('SELECT strict FROM pragma_table_list WHERE name = ?').pluck().get(name)
  expect(strict).toBe(1)
})
