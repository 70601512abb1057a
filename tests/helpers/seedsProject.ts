import { join } from 'node:path'
import { writeLabelMap } from '../../src/main/artifacts/labelMaps'
import { writeScoreMaps } from '../../src/main/artifacts/scoreMaps'
import { importDataset } from '../../src/main/datasets/importing/importDataset'
import { checkRecipe } from '../../src/main/jobs/recipes'
import { openProject, type Project } from '../../src/main/db/open'
import { labelsFromScores } from '../../src/shared/raster/labelsFromScores'
import type { ScoreMaps } from '../../src/shared/tensors/scoreMaps'
import { temporaryFolder } from './temporaryFolder'
import { toyScenes } from './toyScenes'

export interface SeedsProject {
  readonly folder: string
  /** Where the photos lie. */
  readonly scenes: string
  /** By id of the photo. */
  readonly maps: ReadonlyMap<number, ScoreMaps>
  readonly threshold: number
}

/** A project of toy scenes with one finished run, `cam` → `masks`, whose maps are made up: the class's falls off to the right. */
export async function seedsProject(photos = 4): Promise<SeedsProject> {
  const scenes = await toyScenes(photos)
  const folder = join(temporaryFolder(), 'toy')
  const project = openProject(folder, { create: true })
  try {
    await importDataset({ project, path: scenes, format: 'csv', masks: join(scenes, 'masks') })
    const threshold = 0.4
    return { folder, scenes, threshold, maps: await addRun(project, 'toy', threshold) }
  } finally {
    project.close()
  }
}

/** Adds a finished run. @returns the maps that its step `cam` made */
export async function addRun(
  project: Project,
  name: string,
  threshold: number,
): Promise<ReadonlyMap<number, ScoreMaps>> {
  const recipe = checkRecipe({
    title: name,
    steps: [
      { name: 'cam', method: 'import', options: { folder: '.' } },
      { name: 'masks', method: 'threshold', options: { threshold } },
    ],
  })
  const { steps } = recipe
  const run = project.runs.create({ name, recipe, seed: 1, split: 'all', datasetHash: 'toy', steps })
  const all = new Map<number, ScoreMaps>()
  for (const image of project.dataset().images) {
    const maps = madeUpMaps(image.width, image.height)
    all.set(image.id, maps)
    const { blob } = await writeScoreMaps(project.blobFolder, maps)
    const labels = labelsFromScores(maps, image, threshold)
    const mask = await writeLabelMap(project.blobFolder, { labels, width: image.width, height: image.height })
    project.artifacts.record([
      { runId: run.id, step: 'cam', kind: 'scores', imageId: image.id, blob },
      { runId: run.id, step: 'masks', kind: 'labels', imageId: image.id, blob: mask },
    ])
  }
  project.runs.setStepState(run.id, 'cam', 'done', {})
  project.runs.setStepState(run.id, 'masks', 'done', { threshold, chosenOn: 'given', photos: 0 })
  project.runs.setState(run.id, 'done')
  return all
}

/** Red falls from 1 on the left to 0 on the right, blue from 1 below to 0 above. Halves of 1/64: exact in float16. */
function madeUpMaps(photoWidth: number, photoHeight: number): ScoreMaps {
  const [width, height] = [Math.ceil(photoWidth / 4), Math.ceil(photoHeight / 4)]
  const red = Array.from({ length: width * height }, (_, i) => Math.round(64 * (1 - (i % width) / width)) / 64)
  const blue = Array.from({ length: width * height }, (_, i) => Math.round(64 * (Math.floor(i / width) / height)) / 64)
  return { keys: Int32Array.of(0, 1), maps: Float32Array.of(...red, ...blue), width, height, photoWidth, photoHeight }
}
