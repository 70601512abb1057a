import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import type { ExportManifest } from '../../../shared/contract/export'
import { WorkbenchError, isCancellation } from '../../../shared/errors'
import { fileKind } from '../fileKind'
import { FinishedPieces } from './finishedPieces'

/** What every export's folder holds beside its files. */
export const MANIFEST = 'manifest.json'
/** In a folder that is being built: of what export it is the beginning, and what of it is finished. */
const BEGINNING = '.export'
const IDENTITY = `${BEGINNING}/identity`
const FINISHED = `${BEGINNING}/finished.ndjson`

/**
 * Makes `folder` hold what `build` writes, all of it or nothing: `build` fills a folder beside it, which is renamed at
 * the end. Only an empty folder, or one that holds an earlier export and nothing else, is replaced.
 *
 * @param identity of what is exported: what a killed or failed export of the same left is built upon, else removed
 */
export async function replaceFolder(
  folder: string,
  identity: string,
  build: (partial: string, finished: FinishedPieces) => Promise<void>,
): Promise<void> {
  const target = resolve(folder)
  await assertReplaceable(target)
  const partial = `${target}.partial`
  await begin(partial, identity)
  try {
    {
      await using finished = await FinishedPieces.open(join(partial, FINISHED))
      await build(partial, finished)
    }
    await rm(join(partial, BEGINNING), { recursive: true })
    await swap(partial, target)
  } catch (error) {
    if (isCancellation(error) || (await isEmptyBeginning(partial))) await rm(partial, { recursive: true, force: true })
    throw error
  }
}

async function begin(partial: string, identity: string): Promise<void> {
  const left = await readFile(join(partial, IDENTITY), 'utf8').catch(() => undefined)
  if (left === identity) return removeTemporary(partial)
  if (left === undefined && (await fileKind(partial)) !== 'nothing')
    throw new WorkbenchError('BAD_INPUT', `${partial} is in the way: the export is built there. Move or remove it.`)
  await rm(partial, { recursive: true, force: true })
  await mkdir(join(partial, BEGINNING), { recursive: true })
  await writeFile(join(partial, IDENTITY), identity)
}

/** What a kill caught before it was renamed: in the manifest of no export, it would keep the next one from its place. */
async function removeTemporary(partial: string): Promise<void> {
  const left = (await filesIn(partial)).filter(name => name.endsWith('.tmp'))
  await Promise.all(left.map(name => rm(join(partial, name))))
}

/** Whether nothing was finished: empty files are no work. */
async function isEmptyBeginning(partial: string): Promise<boolean> {
  const files = (await filesIn(partial)).filter(name => name !== IDENTITY)
  const sizes = await Promise.all(files.map(async name => (await stat(join(partial, name))).size))
  return sizes.every(size => size === 0)
}

async function assertReplaceable(target: string): Promise<void> {
  const kind = await fileKind(target)
  if (kind === 'nothing') return
  if (kind === 'file') throw new WorkbenchError('BAD_INPUT', `${target} is a file: name a folder to export to.`)
  const known = await exportedFiles(target)
  const foreign = (await filesIn(target)).find(name => !known.has(name))
  if (foreign !== undefined)
    throw new WorkbenchError('BAD_INPUT', `${target} holds other files (${foreign}): name a new or empty folder.`)
}

/** What an earlier export wrote here, by its manifest; nothing where there is none. */
async function exportedFiles(folder: string): Promise<ReadonlySet<string>> {
  try {
    const { files } = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as ExportManifest
    return new Set([MANIFEST, ...files.map(({ path }) => path)])
  } catch {
    return new Set() // no manifest of ours: whatever lies here is somebody's
  }
}

/** From the folder, with `/`. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => !entry.isDirectory())
  return files.map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/'))
}

async function swap(partial: string, target: string): Promise<void> {
  const old = `${partial}.old`
  const hadOne = (await fileKind(target)) === 'folder'
  if (hadOne) await rename(target, old)
  await rename(partial, target)
  if (hadOne) await rm(old, { recursive: true, force: true })
}
