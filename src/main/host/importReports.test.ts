import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { keepReport, readReport, skippedCsv, skippedMatching } from './importReports'

const skipped = [
  { what: 'photo', file: '/a/=HYPERLINK("x").jpg', reason: 'it is no photo, but text' },
  { what: 'mask', file: '=cmd|calc.png', reason: 'Its size is 6×4' },
] as const
const report = {
  ...{ imported: 2, updated: 0, unchanged: 1, withoutLabels: 0, masks: 1 },
  ...{ classes: ['cat'], splits: { train: 3 }, skipped, notes: [], format: 'csv', path: '/a' },
}

test('a report is kept with every file, and its summary only counts them', async () => {
  const project = temporaryFolder()
  const summary = await keepReport(project, report)
  expect(summary).toMatchObject({ imported: 2, skipped: { photo: 1, mask: 1, label: 0 } })
  expect((await readReport(project, summary.id)).skipped).toEqual(skipped)
  await expect(readReport(project, 'another')).rejects.toThrow(/not kept any more/)
})

test('the last twenty reports are kept', async () => {
  const project = temporaryFolder()
  for (let i = 0; i < 22; i++) await keepReport(project, report)
  expect(readdirSync(join(project, 'imports'))).toHaveLength(20)
})

test('a report that cannot be kept does not deny the import', async () => {
  const project = join(temporaryFolder(), 'project')
  mkdirSync(project)
  writeFileSync(join(project, 'imports'), 'a file where the folder should be')
  await expect(keepReport(project, report)).rejects.toThrow(/Everything was imported, but its report/)
})

test('skipped files are found by any part of name or reason', async () => {
  const project = temporaryFolder()
  const kept = await readReport(project, (await keepReport(project, report)).id)
  expect(skippedMatching(kept, { text: 'SIZE' })).toEqual([skipped[1]])
  expect(skippedMatching(kept, { text: '', what: 'photo' })).toEqual([skipped[0]])
})

test('formula injection: a file name that a spreadsheet would compute is text', () => {
  const lines = skippedCsv(skipped).split('\r\n')
  expect(lines[0]).toBe('\ufeffmissing,file,reason')
  expect(lines[1]).toBe('photo,"/a/=HYPERLINK(""x"").jpg","it is no photo, but text"')
  expect(lines[2]).toBe("mask,'=cmd|calc.png,Its size is 6×4")
})
