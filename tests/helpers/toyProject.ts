import { join } from 'node:path'
import { importDataset } from '../../src/main/datasets/importing/importDataset'
import { openProject } from '../../src/main/db/open'
import { temporaryFolder } from './temporaryFolder'
import { toyScenes } from './toyScenes'

export interface ToyProject {
  readonly folder: string
  /** Where the photos lie. */
  readonly scenes: string
}

/** A closed project of toy scenes with their masks. */
export async function toyProject(photos = 8): Promise<ToyProject> {
  const scenes = await toyScenes(photos)
  const folder = join(temporaryFolder(), 'toy')
  const project = openProject(folder, { create: true })
  try {
    await importDataset({
      project,
      path: scenes,
      format: 'csv',
      classes: ['red', 'blue'],
      masks: join(scenes, 'masks'),
    })
  } finally {
    project.close()
  }
  return { folder, scenes }
}
