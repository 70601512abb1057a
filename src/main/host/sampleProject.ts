import { mkdir, readdir, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { WorkbenchError } from '../../shared/errors'
import { importDataset } from '../datasets/importDataset'
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
 * moves as one, and imported. Cancelled while it draws it leaves nothing.
 */
export async function makeSampleProject(sessions: Sessions, folder: string, work: Work): Promise<SampleProject> {
  await makeEmpty(folder)
  const dataset = join(folder, 'sample')
  try {
    await drawSample(dataset, sampleOptions.parse({}), work)
  } catch (error) {
    await rmdir(folder).catch(() => undefined) // whatever else is in it stays
    throw error
  }
  const { key, session } = await sessions.open(folder, { create: true })
  const source = {
    path: dataset,
    format: 'voc',
    labels: join(dataset, 'image_labels.csv'),
    masks: join(dataset, 'SegmentationClass'),
  }
  const report = await importDataset({ ...source, ...work, project: session.project })
  await keepReport(folder, { ...report, format: source.format, path: source.path })
  return { key, photos: report.imported }
}

async function makeEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  if ((await readdir(folder)).length > 0)
    throw new WorkbenchError('BAD_INPUT', `${folder} is not empty: name a folder that is empty or does not exist.`)
}
