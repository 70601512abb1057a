import { existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tinyProject } from '../../../tests/helpers/tinyProject'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { backUpDaily, listBackups } from './backup'
import { openDatabase } from './database'
import { openProject } from './open'
import { restoreBackup } from './restore'

function dayOf(day: number): Date {
  return new Date(2026, 2, day, 9, 30)
}

test('a restored project is as it was, and what took its place is kept', () => {
  const project = tinyProject()
  project.settings.set('colour', 'grey')
  const backup = project.backUp()
  project.settings.set('colour', 'green')
  project.close()

  const { restored, kept } = restoreBackup(project.folder, backup)
  expect(join(project.backupFolder, restored)).toBe(backup)
  const before = openProject(project.folder)
  expect(before.settings.get('colour')).toBe('grey')
  before.close()

  restoreBackup(project.folder, kept!)
  const after = openProject(project.folder)
  expect(after.settings.get('colour')).toBe('green')
  expect(after.images.count()).toBe(4)
  after.close()
})

test('without a name the newest backup is restored', () => {
  const project = tinyProject()
  for (const colour of ['grey', 'green', 'blue']) {
    project.settings.set('colour', colour)
    if (colour !== 'blue') project.backUp()
  }
  project.close()
  restoreBackup(project.folder)
  const restored = openProject(project.folder)
  expect(restored.settings.get('colour')).toBe('green')
  restored.close()
})

test('an open project is not restored: the sentence names who has it', () => {
  const project = tinyProject()
  project.backUp()
  expect(() => restoreBackup(project.folder)).toThrow(new RegExp(`open in process ${process.pid}`))
  project.close()
})

test('a project whose database is damaged is restored, and the damaged file is kept', () => {
  const project = tinyProject()
  const backup = project.backUp()
  project.close()
  writeFileSync(join(project.folder, 'project.sqlite'), 'these bytes are no database, however long one looks at them')
  const { kept } = restoreBackup(project.folder, backup)
  expect(kept).toMatch(/^damaged-/)
  const restored = openProject(project.folder)
  expect(restored.images.count()).toBe(4)
  restored.close()
})

test('a damaged backup is refused and the project stays', () => {
  const project = tinyProject()
  project.settings.set('colour', 'grey')
  const backup = project.backUp()
  project.close()
  truncateSync(backup, 8192)
  expect(() => restoreBackup(project.folder, backup)).toThrow(/is damaged/)
  const kept = openProject(project.folder)
  expect(kept.settings.get('colour')).toBe('grey')
  kept.close()
})

test('a backup that is not there is a sentence', () => {
  const project = tinyProject()
  project.close()
  expect(() => restoreBackup(project.folder)).toThrow(/has no backups/)
  expect(() => restoreBackup(project.folder, '../../etc/passwd')).toThrow(/has no backups/)
})

test('nine days of work leave the last seven daily backups, one a day, and every other kind', () => {
  const project = tinyProject()
  const byHand = project.backUp()
  const database = openDatabase(join(project.folder, 'project.sqlite'), { readOnly: true })
  const folder = join(temporaryFolder(), 'backups')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, '20200101T000000000Z-schema1.sqlite'), 'by hand')
  for (let day = 1; day <= 9; day++) {
    expect(backUpDaily(database, folder, dayOf(day))).toBeDefined()
    expect(backUpDaily(database, folder, new Date(2026, 2, day, 18))).toBeUndefined()
  }
  const backups = listBackups(folder)
  const days = backups.filter(({ kind }) => kind === 'daily').map(({ madeAt }) => new Date(madeAt).getDate())
  expect(days).toEqual([3, 4, 5, 6, 7, 8, 9])
  expect(backups.filter(({ kind }) => kind === 'manual')).toHaveLength(1)
  expect(existsSync(byHand)).toBe(true)
  database.sqlite.close()
  project.close()
})

test('opening for writing backs up once a day, opening to look does not, and an empty project has nothing to back up', () => {
  const project = tinyProject()
  project.close()
  expect(existsSync(project.backupFolder)).toBe(false)
  openProject(project.folder, { readOnly: true }).close()
  expect(existsSync(project.backupFolder)).toBe(false)
  for (let opening = 0; opening < 3; opening++) openProject(project.folder).close()
  expect(listBackups(project.backupFolder).map(({ kind }) => kind)).toEqual(['daily'])
})

test('a backup that cannot be made is said and keeps nobody out', () => {
  const project = tinyProject()
  project.close()
  writeFileSync(project.backupFolder, 'a file where the folder should be')
  const opened = openProject(project.folder)
  expect(opened.warnings).toEqual([expect.stringMatching(/^Today's backup could not be made/)])
  opened.close()
  expect(readdirSync(project.folder)).toContain('project.sqlite')
})
