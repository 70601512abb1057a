import { createHash } from 'node:crypto'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { writeLabelMap } from '../../src/main/artifacts/labelMaps'
import { writeScoreMaps } from '../../src/main/artifacts/scoreMaps'
import { openProject, type Project } from '../../src/main/db/open'
import type { RunRow } from '../../src/main/db/schema'
import { checkRecipe } from '../../src/main/jobs/recipes'
import type { ScoreGrid } from '../../src/shared/raster/labelsFromScores'
import { temporaryFolder } from './temporaryFolder'

export interface MadePhoto {
  readonly stem: string
  readonly split?: string
  /** Places of the classes that it is labelled with. */
  readonly labels: readonly number[]
  /** `[height * width]` */
  readonly truth?: Uint8Array
  /** What step `import` made of it; nothing when left out. */
  readonly maps?: ScoreGrid
}

export interface MapsProject {
  readonly project: Project
  /** A finished run of the recipe `import` (step `import`, then `masks` at a threshold) over all photos. */
  readonly run: RunRow
}

/** A project of grey photos of one size, with a finished run whose score maps are the test's own. */
export async function mapsProject(
  classes: readonly string[],
  size: { readonly width: number; readonly height: number },
  photos: readonly MadePhoto[],
): Promise<MapsProject> {
  const folder = temporaryFolder()
  const project = openProject(join(folder, 'project'), { create: true })
  mkdirSync(join(folder, 'photos'))
  const stored = await Promise.all(photos.map((photo, i) => importedPhoto(project, folder, size, photo, i)))
  project.imports.store(classes, stored)
  const recipe = checkRecipe({
    title: 'Maps made by hand',
    steps: [
      { method: 'import', options: { folder: '.' } },
      { name: 'masks', method: 'threshold' },
    ],
  })
  const { hash } = project.dataset()
  const run = project.runs.create({ name: recipe.title, recipe, seed: 1, split: 'all', datasetHash: hash, steps: recipe.steps }) // prettier-ignore
  for (const { stem, maps } of photos) {
    if (maps === undefined) continue
    const scores = { ...maps, photoWidth: size.width, photoHeight: size.height }
    const { blob } = await writeScoreMaps(project.blobFolder, scores)
    project.artifacts.record([
      { runId: run.id, step: 'import', kind: 'scores', imageId: project.images.findByStem(stem)!.id, blob },
    ])
  }
  project.runs.setStepState(run.id, 'import', 'done', {})
  project.runs.setStepState(run.id, 'masks', 'done', { threshold: 0.3, chosenOn: 'fixed', photos: 0 })
  return { project, run: project.runs.setState(run.id, 'done') }
}

async function importedPhoto(
  project: Project,
  folder: string,
  { width, height }: { readonly width: number; readonly height: number },
  { stem, split, labels, truth }: MadePhoto,
  index: number,
) {
  const path = join(folder, 'photos', `${stem}.jpg`)
  const background = { r: 60 + ((index * 7) % 120), g: 60 + ((index * 37) % 120), b: 120 } // no two photos are alike
  const bytes = await sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer()
  writeFileSync(path, bytes)
  const blob = truth && (await writeLabelMap(project.blobFolder, { labels: truth, width, height }))
  return {
    ...{
      stem,
      path,
      width,
      height,
      bytes: bytes.length,
      mtimeMs: Math.trunc(statSync(path).mtimeMs),
      split: split ?? 'train',
    },
    sha256: createHash('sha256').update(bytes).digest('hex'),
    present: labels,
    unknown: [],
    ...(blob === undefined ? {} : { truth: { blob, pixels: {} } }),
  }
}
