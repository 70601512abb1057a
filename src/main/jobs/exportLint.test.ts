import { rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { TinyDataset } from '../../../tests/helpers/tinyDataset'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import type { LintKind } from '../../shared/contract/exportLint'
import { importDataset } from '../datasets/importing/importDataset'
import { openProject } from '../db/open'
import { encodeLabelPng } from '../media/labelPng'
import { runTask } from '../pool/tasks'
import { lintExport } from './exportLint'

const work = {
  pool: { threads: 1, run: (name, input) => runTask(name, input) },
  progress: () => undefined,
  checkpoint: () => Promise.resolve(),
} satisfies Parameters<typeof lintExport>[3]

test('a look before an export finds what is wrong with each mask', async () => {
  const data = new TinyDataset()
  const project = openProject(temporaryFolder(), { create: true })
  const stems = ['good', 'extra', 'lacking', 'blank', 'turned', 'broken', 'none']
  for (const stem of stems) {
    await data.photo(`images/${stem}.jpg`, { shade: stems.indexOf(stem) })
    if (stem !== 'none') data.mask(`masks/${stem}.png`, { 1: 18, 255: stems.indexOf(stem) })
  }
  data.mask('masks/extra.png', { 1: 6, 2: 12 })
  data.mask('masks/blank.png', {})
  const rows = stems.map(stem => `${stem},${stem === 'lacking' ? 'cat;dog' : 'cat'}`)
  data.file('labels.csv', ['image,labels', ...rows].join('\n'))
  data.file('masks/labels.txt', 'background\ncat\ndog\ncow\n')
  const classes = ['cat', 'dog', 'cow']
  await importDataset({ project, path: data.folder, format: 'csv', masks: data.path('masks'), classes })
  const truthOf = (stem: string) => project.dataset().images.find(image => image.stem === stem)!.truth!
  writeFileSync(truthOf('turned'), encodeLabelPng({ width: 4, height: 6, labels: new Uint8Array(24).fill(1) }))
  rmSync(truthOf('broken'))

  const { photos, issues, classes: shown } = await lintExport(project, 'masks', { masks: 'truth' }, work)
  project.close()
  expect(photos).toBe(6)
  const found = (kind: LintKind) =>
    issues.find(issue => issue.kind === kind)?.first.map(({ stem, classes, share }) => [stem, classes, share])
  expect(found('missing')).toEqual([['none', [], null]])
  expect(found('unreadable')).toEqual([['broken', [], null]])
  expect(found('size')).toEqual([['turned', [], null]])
  expect(found('extra')).toEqual([['extra', [1], 0.5]])
  expect(found('lacking')).toEqual([
    ['blank', [0], null],
    ['lacking', [1], null],
  ])
  expect(found('blank')).toEqual([['blank', [], null]])
  expect(found('void')).toEqual([['lacking', [], 2 / 24]])
  // Who checks the truth is not told that nobody reviewed it.
  expect(found('unreviewed')).toBeUndefined()
  expect(shown).toEqual([
    { name: 'cat', labelled: 6, photos: 4, pixels: 18 + 6 + 18 + 24 },
    { name: 'dog', labelled: 1, photos: 1, pixels: 12 },
    { name: 'cow', labelled: 0, photos: 0, pixels: 0 },
  ])
})
