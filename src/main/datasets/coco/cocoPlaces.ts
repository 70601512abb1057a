import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { WorkbenchError } from '../../../shared/errors'
import { fileKind, firstPresent } from '../fileKind'
import type { ImportSource } from '../importing/defineFormat'
import { fileHead } from '../importing/fileHead'
import { DEFAULT_SPLIT } from '../importing/splits'

export type CocoKind = 'instances' | 'panoptic'

/** The file itself, or the only one of its kind in the folder or in `annotations`. */
export async function annotationFile({ path, labels }: ImportSource, kind: CocoKind): Promise<string> {
  if (labels !== undefined) return labels
  if ((await fileKind(path)) === 'file') return path
  const files = await cocoFilesAt(path, kind)
  if (files.length === 1) return files[0]!
  const found =
    files.length === 0 ? 'no COCO file' : `${files.length} COCO files (${files.map(f => basename(f)).join(', ')})`
  throw new WorkbenchError('BAD_INPUT', `${path} holds ${found}: name the file itself.`)
}

/** The file itself, or all of its kind in the folder and in `annotations`. */
export async function cocoFilesAt(path: string, kind: CocoKind): Promise<readonly string[]> {
  if ((await fileKind(path)) === 'file') return (await kindOf(path)) === kind ? [path] : []
  const found: string[] = []
  for (const place of [path, join(path, 'annotations')]) {
    if ((await fileKind(place)) !== 'folder') continue
    for (const name of (await readdir(place)).filter(each => /\.json$/i.test(each)).sort())
      if ((await kindOf(join(place, name))) === kind) found.push(join(place, name))
  }
  return found
}

async function kindOf(path: string): Promise<CocoKind | undefined> {
  if (!/\.json$/i.test(path)) return undefined
  const head = await fileHead(path)
  if (!/^\s*\{\s*"(info|licenses|images|annotations|categories|type)"\s*:/.test(head)) return undefined
  return /panoptic/i.test(basename(path)) || /"(isthing|segments_info)"/.test(head) ? 'panoptic' : 'instances'
}

/** `instances_val2017.json` lies in `annotations`, its photos in `val2017` beside that folder. */
export async function imageFolder(file: string): Promise<string> {
  const folder = dirname(file)
  const base = basename(folder) === 'annotations' ? dirname(folder) : folder
  const set = basename(file, '.json').replace(/^(instances|person_keypoints|stuff|panoptic)_/, '')
  return (await firstPresent(base, [set, join('images', set), 'images', 'JPEGImages'])) ?? base
}

/** `instances_val2017.json` → val. */
export function splitOf(file: string): string {
  return /(?:^|[_.-])(train|val|test)(?:\d*|[_.-].*)\.json$/i.exec(basename(file))?.[1]?.toLowerCase() ?? DEFAULT_SPLIT
}
