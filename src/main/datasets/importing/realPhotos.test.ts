import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../../tests/helpers/temporaryFolder'
import { openProject } from '../../db/open'
import { importDataset } from './importDataset'

const folder = resolve('../shared/data/voc-animals')

test.skipIf(!existsSync(folder))('the real photos come in whole: six of their classes, the others void', async () => {
  const project = openProject(temporaryFolder(), { create: true })
  const classes = ['cat', 'dog', 'person', 'horse', 'sheep', 'cow']
  const report = await importDataset({
    project,
    path: folder,
    format: 'voc',
    labels: join(folder, 'image_labels.csv'),
    masks: join(folder, 'SegmentationClass'),
    classes,
  })
  expect(report).toMatchObject({ imported: 437, masks: 437, withoutLabels: 0, skipped: [], classes })
  // Photos a class in image_labels.csv.
  expect(project.images.countsPerClass().map(row => row.images)).toEqual([131, 121, 79, 68, 63, 62])
  expect(report.notes[0]).toContain('chair 19, sofa 17, pottedplant 12, car 9, bottle 7, tvmonitor 7, diningtable 5')
  project.close()
})
