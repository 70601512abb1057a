import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, test } from 'vitest'
import { listBackups } from './backup'
import { openDatabase } from './database'
import { latestVersion, migrate, migrations, schemaVersion } from './migrate'
import { openProject } from './open'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'

function codeOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    return `${(error as { code: string }).code}: ${(error as Error).message}`
  }
  return 'no error'
}

function setVersion(folder: string, version: number): void {
  const sqlite = new BetterSqlite3(join(folder, 'project.sqlite'))
  sqlite.pragma(`user_version = ${version}`)
  sqlite.close()
}

test('a project is made once and opened afterwards', () => {
  const folder = join(temporaryFolder(), 'deep', 'project')
  openProject(folder, { create: true }).close()
  const project = openProject(folder)
  expect(project.folder).toBe(folder)
  expect(project.classes.list()).toEqual([])
  project.close()
  expect(codeOf(() => openProject(folder, { create: true }))).toMatch(/^BAD_INPUT: .* is a project already/)
})

test('a project that was being made when the power went can be made', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'project.sqlite'), '')
  expect(codeOf(() => openProject(folder))).toMatch(/^NOT_A_PROJECT/)
  openProject(folder, { create: true }).close()
})

test('writes are durable and references hold', () => {
  const { sqlite } = openDatabase(join(temporaryFolder(), 'project.sqlite'), { readOnly: false })
  expect(sqlite.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(sqlite.pragma('synchronous', { simple: true })).toBe(2)
  expect(sqlite.pragma('foreign_keys', { simple: true })).toBe(1)
  sqlite.close()
})

test('a folder without project.sqlite is not a project, and stays empty', () => {
  const folder = temporaryFolder()
  expect(codeOf(() => openProject(folder))).toMatch(/^NOT_A_PROJECT: .*or make a new project/)
  expect(readdirSync(folder)).toEqual([])
  expect(codeOf(() => openProject(join(folder, 'nowhere')))).toMatch(/^NOT_A_PROJECT/)
})

test('another program’s project.sqlite is not a project', () => {
  const folder = temporaryFolder()
  const sqlite = new BetterSqlite3(join(folder, 'project.sqlite'))
  sqlite.exec('CREATE TABLE other (a)')
  sqlite.close()
  expect(codeOf(() => openProject(folder))).toMatch(/^NOT_A_PROJECT: .*another program/)
  writeFileSync(join(folder, 'project.sqlite'), 'these bytes are no database, however long one looks at them')
  expect(codeOf(() => openProject(folder))).toMatch(/^NOT_A_PROJECT: .*no SQLite database/)
})

test('a newer project is refused for writing and opens read-only', () => {
  const folder = temporaryFolder()
  openProject(folder, { create: true }).close()
  setVersion(folder, latestVersion + 4)
  expect(codeOf(() => openProject(folder))).toContain(
    `PROJECT_NEWER: ${folder} was made by a later Maskwright (schema ${latestVersion + 4}, this one knows ${latestVersion})`,
  )
  const project = openProject(folder, { readOnly: true })
  expect(project.dataset().images).toEqual([])
  expect(() => project.classes.append(['cat'])).toThrow(/readonly/)
  project.close()
})

test('a database is backed up before it is migrated', () => {
  const folder = temporaryFolder()
  const made = openProject(folder, { create: true })
  made.settings.set('colour', 'grey')
  const backup = made.backUp()
  made.close()
  const copy = openDatabase(backup, { readOnly: true })
  expect(copy.sqlite.prepare('SELECT value FROM setting').pluck().get()).toBe('"grey"')
  expect(schemaVersion(copy)).toBe(latestVersion)
  copy.sqlite.close()
  expect(listBackups(join(folder, 'backups')).map(({ name }) => join(folder, 'backups', name))).toEqual([backup])

  const restored = temporaryFolder()
  renameSync(backup, join(restored, 'project.sqlite'))
  const project = openProject(restored)
  expect(project.settings.get('colour')).toBe('grey')
  project.close()
})

test('each migration runs once, in order, and is announced first', () => {
  const database = openDatabase(':memory:', { readOnly: false })
  const announced: number[] = []
  migrate(database, migration => announced.push(migration.version))
  migrate(database, migration => announced.push(migration.version))
  expect(announced).toEqual(Array.from({ length: latestVersion }, (_, index) => index + 1))
  database.sqlite.close()
})

test('a migration that fails leaves the database as it was, and the earlier ones done', () => {
  const database = openDatabase(':memory:', { readOnly: false })
  const next = {
    version: latestVersion + 1,
    name: 'next',
    sql: 'CREATE TABLE made (a TEXT) STRICT; SELECT * FROM nowhere',
  }
  expect(() => migrate(database, () => undefined, [...migrations, next])).toThrow(/no such table: nowhere/)
  expect(schemaVersion(database)).toBe(latestVersion)
  expect(database.sqlite.prepare(`SELECT name FROM sqlite_schema WHERE name = 'made'`).all()).toEqual([])
  expect(database.sqlite.pragma('foreign_keys', { simple: true })).toBe(1)
  const orphans = {
    ...next,
    sql: `INSERT INTO mask VALUES (1, 9, 'pseudo', NULL, 'x.png', 1, 'accepted', '{}', NULL, NULL, NULL, 1)`,
  }
  expect(() => migrate(database, () => undefined, [...migrations, orphans])).toThrow(/leaves 1 broken references/)
  expect(database.sqlite.prepare('SELECT * FROM mask').all()).toEqual([])
  database.sqlite.close()
})

test('a project that is open elsewhere names its holder, and can still be looked at', () => {
  const folder = temporaryFolder()
  const project = openProject(folder, { create: true })
  expect(codeOf(() => openProject(folder))).toMatch(new RegExp(`^PROJECT_LOCKED: .*open in process ${process.pid} on`))
  const reader = openProject(folder, { readOnly: true })
  project.classes.append(['cat'])
  expect(reader.classes.names()).toEqual(['cat'])
  reader.close()
  expect(statSync(join(folder, 'project.holder.json')).mode & 0o777).toBe(0o600)
  project.close()
  openProject(folder).close()
})

test('the lock holds between processes and ends with a killed one', () => {
  const folder = temporaryFolder()
  openProject(folder, { create: true }).close()
  const script = `
    import BetterSqlite3 from 'better-sqlite3'
    const lock = new BetterSqlite3(process.argv[1], { timeout: 0 })
    lock.exec('BEGIN EXCLUSIVE')
    if (process.argv[2] === 'die') process.kill(process.pid, 'SIGKILL')`
  const run = (...last: string[]) =>
    spawnSync(process.execPath, ['--input-type=module', '-e', script, join(folder, 'project.lock'), ...last], {
      encoding: 'utf8',
    })
  expect(run('die').signal).toBe('SIGKILL')
  const project = openProject(folder)
  expect(run().stderr).toContain('SQLITE_BUSY')
  project.close()
  expect(run().status).toBe(0)
})

test('what a crash interrupted queues again', () => {
  const folder = temporaryFolder()
  const before = openProject(folder, { create: true })
  const steps = [{ name: 'cam', method: 'cam', options: {} }]
  const run = before.runs.create({ name: 'a', recipe: {}, seed: 1, split: 'all', datasetHash: 'h', steps })
  const job = before.jobs.enqueue({ kind: 'run', payload: {}, runId: run.id })
  before.runs.setState(run.id, 'running')
  before.runs.setStepState(run.id, 'cam', 'running')
  before.jobs.start(job.id)
  before.close()

  const after = openProject(folder)
  expect(after.jobs.next()).toMatchObject({ id: job.id, state: 'queued', attempt: 1 })
  expect(after.runs.get(run.id).state).toBe('queued')
  expect(after.runs.step(run.id, 'cam')?.state).toBe('queued')
  after.close()
})

test('a project moves as one', () => {
  const folder = temporaryFolder()
  const first = join(folder, 'first')
  const project = openProject(first, { create: true })
  mkdirSync(join(first, 'photos'))
  const photo = { stem: 'a', width: 2, height: 3, bytes: 4, mtimeMs: 5, sha256: 'f'.repeat(64), split: 'train' }
  const labels = { present: [0], unknown: [] }
  project.imports.store(['cat'], [{ ...photo, ...labels, path: join(first, 'photos', 'a.jpg') }])
  expect(project.images.find(1)?.path).toBe('photos/a.jpg')
  project.close()
  const second = join(folder, 'second')
  renameSync(first, second)
  const moved = openProject(second)
  expect(moved.dataset('train').images[0]?.path).toBe(join(second, 'photos', 'a.jpg'))
  moved.close()
})
