import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { WorkbenchError } from '../../../shared/errors'
import { fileKind, firstPresent } from '../fileKind'
import type { DrawnMask, ImportSource } from './defineFormat'
import { isBackground, isVoid, parseLabelMap } from './labelMap'
import { labelMapMask } from './labelMapMask'
import { maskNames } from './maskNames'
import { stemOf } from './photoFiles'
import { readText } from './readText'
import { valueNames } from './valueNames'

/** Mask files by the stem of their photo. */
async function listMasks(folder: string): Promise<ReadonlyMap<string, string>> {
  if ((await fileKind(folder)) !== 'folder')
    throw new WorkbenchError('BAD_INPUT', `There is no folder ${folder}: say where the masks are with --masks.`)
  const names = (await readdir(folder)).filter(name => /\.png$/i.test(name) && !name.startsWith('.')).sort()
  if (names.length === 0) throw new WorkbenchError('BAD_INPUT', `There are no masks in ${folder}: they are PNG files.`)
  return new Map(names.map(name => [stemOf(name), join(folder, name)]))
}

/** What says what masks mean, beside them or beside the dataset; the last two are CamVid's. */
const MASK_NAMES = ['labels.txt', 'labelmap.txt', 'class_dict.csv', 'label_colors.txt']

/** Whether a file says what masks mean, and not what photos are labelled with. */
export function isMaskNames(name: string): boolean {
  return MASK_NAMES.includes(name)
}

/** The masks of a folder, with what their pixels mean where a file says so. */
export interface NamedMasks {
  /** By the stem of their photo. */
  readonly masks: ReadonlyMap<string, string | DrawnMask>
  /** By value, from 1. */
  readonly maskNames?: readonly string[]
}

/** @param source `path` is the dataset's, `classes` those that were chosen */
export async function readMasks(folder: string, source: Pick<ImportSource, 'path' | 'classes'>): Promise<NamedMasks> {
  const masks = await listMasks(folder)
  const file = await namesFile(folder, source.path)
  if (file === undefined) return { masks }
  const lines = parseLabelMap(await readText(file), file)
  if (lines.every(({ colour }) => colour === null)) return { masks, maskNames: maskNames(lines) }
  const classes = lines.filter(line => !isBackground(line) && !isVoid(line)).map(({ name }) => name)
  const names = valueNames(classes, source.classes, file)
  const meaning = { lines, names, firstValue: lines.some(isBackground) ? 0 : 1 } as const
  const draw = (path: string) => labelMapMask(path, () => readFile(path), meaning)
  return { masks: new Map([...masks].map(([stem, path]) => [stem, draw(path)])), maskNames: names }
}

/** Class names by mask value, from 1, where a file beside `masks` or beside the dataset says so. */
export async function readMaskNames(masks: string, path: string): Promise<readonly string[] | undefined> {
  const file = await namesFile(masks, path)
  return file === undefined ? undefined : maskNames(parseLabelMap(await readText(file), file))
}

async function namesFile(masks: string, path: string): Promise<string | undefined> {
  for (const folder of new Set([masks, dirname(masks), path])) {
    const file = await firstPresent(folder, MASK_NAMES)
    if (file !== undefined) return file
  }
  return undefined
}
