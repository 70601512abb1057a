import { createHash } from 'node:crypto'
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { writeLabelMap } from '../../src/main/artifacts/labelMaps'
import { openProject } from '../../src/main/db/open'
import { checkRecipe } from '../../src/main/jobs/recipes'
import type { ImportedPhoto } from '../../src/shared/contract/import'
import { temporaryFolder } from './temporaryFolder'

const [width, height] = [40, 30]

/** Labels of a photo of 40 × 30 pixels: `[columns, label]`, from left to right. */
export type Stripes = readonly (readonly [columns: number, label: number])[]

export interface DesignedRun {
  readonly name: string
  /** Options of its threshold step. */
  readonly threshold: number
  /** A mask a photo; undefined where the run made none. */
  readonly masks: readonly (Stripes | undefined)[]
}

/** A project whose truths and masks are stripes, so that every figure can be worked out by hand. @returns its folder */
export async function measuredProject(
  classes: readonly string[],
  truths: readonly Stripes[],
  runs: readonly DesignedRun[],
): Promise<string> {
  const folder = join(temporaryFolder(), 'stripes')
  mkdirSync(join(folder, 'photos'), { recursive: true })
  const project = openProject(folder, { create: true })
  const photos = await Promise.all(truths.map((stripes, i) => photoOf(folder, project.blobFolder, stripes, i)))
  project.imports.store(classes, photos)
  for (const run of runs) await addRun(project, run)
  project.close()
  return folder
}

async function photoOf(folder: string, blobFolder: string, stripes: Stripes, index: number): Promise<ImportedPhoto> {
  const path = join(folder, 'photos', `photo-${index}.png`)
  const background = { r: 40 + 30 * index, g: 120, b: 90 }
  const bytes = await sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer()
  await sharp(bytes).toFile(path)
  const { size, mtimeMs } = statSync(path)
  const blob = await writeLabelMap(blobFolder, { labels: labelsOf(stripes), width, height })
  const present = [...new Set(stripes.map(([, label]) => label - 1))].filter(place => place >= 0)
  const file = { path, bytes: size, mtimeMs: Math.trunc(mtimeMs) }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const pixels: Record<string, number> = {}
  for (const [columns, label] of stripes) pixels[label] = (pixels[label] ?? 0) + columns * height
  return {
    ...{ stem: `photo-${index}`, ...file, sha256, width, height, split: 'train', present, unknown: [] },
    truth: { blob, pixels },
  }
}

async function addRun(project: ReturnType<typeof openProject>, { name, threshold, masks }: DesignedRun): Promise<void> {
  const steps = [
    { method: 'classifier' },
    { method: 'cam' },
    { method: 'threshold', name: 'masks', options: { threshold } },
  ]
  const plan = checkRecipe({ title: name, steps })
  const { hash } = project.dataset()
  const run = project.runs.create({ name, recipe: plan, seed: 1, split: 'all', datasetHash: hash, steps: plan.steps })
  for (const [i, stripes] of masks.entries()) {
    if (stripes === undefined) continue
    const blob = await writeLabelMap(project.blobFolder, { labels: labelsOf(stripes), width, height })
    project.artifacts.record([{ runId: run.id, step: 'masks', kind: 'labels', imageId: i + 1, blob }])
  }
  for (const step of plan.steps)
    project.runs.setStepState(run.id, step.name, 'done', step.name === 'masks' ? { threshold, chosenOn: 'given' } : {})
  project.runs.setState(run.id, 'done')
}

function labelsOf(stripes: Stripes): Uint8Array {
  const row = stripes.flatMap(([columns, label]) => new Array<number>(columns).fill(label))
  if (row.length !== width) throw new Error(`stripes of ${row.length} columns do not fill ${width}`)
  return Uint8Array.from({ length: width * height }, (_, i) => row[i % width]!)
}
