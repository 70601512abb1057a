import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { WorkbenchError } from '../../shared/errors'
import { importDataset } from '../datasets/importing/importDataset'
import { openProject } from '../db/open'
import { sampleOptions } from '../sample/options'
import { drawSample } from './drawSample'
import { keepReport } from './importReports'
import type { Work } from './projectSession'
import type { Sessions } from './sessions'

export interface SampleProject {
  /** Key of the project that was made. */
  readonly key: string
  readonly photos: number
}

/**
 * Makes a project to try everything on: photos, labels and exact masks are drawn into its folder `sample`, so that it
 * moves as one, and imported. It is shown once it is whole; cancelled or failed, it leaves nothing.
 */
export async function makeSampleProject(sessions: Sessions, folder: string, work: Work): Promise<SampleProject> {
  await makeEmpty(folder)
  try {
    const photos = await fillSample(folder, work)
    const { key } = await sessions.open(folder)
    return { key, photos }
  } catch (error) {
    await rm(folder, { recursive: true, force: true }) // it was empty before
    throw error
  }
}

/** @returns how many photos it has */
async function fillSample(folder: string, work: Work): Promise<number> {
  const dataset = join(folder, 'sample')
  await drawSample(dataset, sampleOptions.parse({}), work)
  const source = {
    path: dataset,
    format: 'voc',
    labels: join(dataset, 'image_labels.csv'),
    masks: join(dataset, 'SegmentationClass'),
  }
  const project = openProject(folder, { create: true })
  try {
    const report = await importDataset({ ...source, ...work, project })
    await keepReport(folder, { ...report, format: source.format, path: source.path })
    return report.imported
  } finally {
    project.close()
  }
}

async function makeEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  if ((await readdir(folder)).length > 0)
    throw new WorkbenchError('BAD_INPUT', `${folder} is not empty: name a folder that is empty or does not exist.`)
}
