import { importDataset } from '../../src/main/datasets/importing/importDataset'
import type { SourceOptions } from '../../src/main/datasets/importing/importSource'
import { openProject } from '../../src/main/db/open'
import { readLabelPng } from '../../src/main/media/labelPng'
import { temporaryFolder } from './temporaryFolder'

interface ImportOf extends SourceOptions {
  readonly format: string
}

/** Imports into a project of its own: what it reported, each photo's labels by name, and its mask's values. */
export async function importOf(options: ImportOf) {
  const project = openProject(temporaryFolder(), { create: true })
  try {
    const report = await importDataset({ ...options, project })
    const { classes, images } = project.dataset()
    const photos = new Map(
      await Promise.all(
        images.map(async ({ stem, labels, truth }) => {
          const mask = truth === undefined ? undefined : [...(await readLabelPng(truth)).labels]
          return [stem, { labels: labels.map(place => classes[place]!), mask }] as const
        }),
      ),
    )
    return { report, photos }
  } finally {
    project.close()
  }
}
