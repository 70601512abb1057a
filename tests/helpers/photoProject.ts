import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openProject } from '../../src/main/db/open'
import type { ImportedPhoto } from '../../src/shared/contract/import'
import { TinyDataset } from './tinyDataset'

/** What a test says of a photo; the rest is made. */
export interface WantedPhoto {
  /** File name without its extension. */
  readonly stem: string
  /** Places of the classes in it. */
  readonly present: readonly number[]
  readonly split?: string
  /** Photos of the same shade have the same bytes. */
  readonly shade?: number
}

/** A project of real JPEG files of 60 × 40 pixels, closed again. @returns its folder, and the photos' files by stem */
export async function photoProject(
  classes: readonly string[],
  wanted: readonly WantedPhoto[],
): Promise<{ readonly folder: string; readonly files: ReadonlyMap<string, string> }> {
  const dataset = new TinyDataset()
  const files = new Map<string, string>()
  const photos: ImportedPhoto[] = []
  for (const [i, { stem, present, split = 'train', shade = i }] of wanted.entries()) {
    const size = { width: 60, height: 40 }
    const path = await dataset.photo(`photos/${stem}.jpg`, { ...size, shade })
    files.set(stem, path)
    const { size: bytes, mtimeMs } = statSync(path)
    const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex')
    photos.push({ stem, path, ...size, bytes, mtimeMs: Math.trunc(mtimeMs), sha256, split, present, unknown: [] })
  }
  const folder = join(dataset.folder, 'project')
  const project = openProject(folder, { create: true })
  if (classes.length > 0) project.imports.store(classes, photos)
  project.close()
  return { folder, files }
}
