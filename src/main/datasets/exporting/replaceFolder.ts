import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { ExportManifest } from '../../../shared/contract/export'
import { WorkbenchError, isCancellation } from '../../../shared/errors'
import { fileKind } from '../fileKind'

/** What every export's folder holds beside its files. */
export const MANIFEST = 'manifest.json'
/** Says of what export a folder is the beginning. */
const BEGINNING = '.export'

/**
 * Makes `folder` hold what `build` writes, all of it or nothing: `build` fills a folder beside it, which is renamed at
 * the end. Only an empty folder, or one that holds an earlier export and nothing else, is replaced.
 *
 * @param identity of what is exported: what a killed or failed export of the same left is built upon, else removed
 */
export async function replaceFolder(
  folder: string,
  identity: string,
  build: (partial: string) => Promise<void>,
): Promise<void> {
  const target = resolve(folder)
  await assertReplaceable(target)
  const partial = `${target}.partial`
  await begin(partial, identity)
  try {
    await build(partial)
    await rm(join(partial, BEGINNING))
    await swap(partial, target)
  } catch (error) {
    if (isCancellation(error) || (await isEmptyBeginning(partial))) await rm(partial, { recursive: true, force: true })
    throw error
  }
}

async function begin(partial: string, identity: string): Promise<void> {
  const mark = join(partial, BEGINNING)
  const left = await readFile(mark, 'utf8').catch(() => undefined)
  if (left === identity) return
  if (left === undefined && (await fileKind(partial)) !== 'nothing')
    throw new WorkbenchError('BAD_INPUT', `${partial} is in the way: the export is built there. Move or remove it.`)
  await rm(partial, { recursive: true, force: true })
  await mkdir(dirname(partial), { recursive: true })
  await mkdir(partial)
  await writeFile(mark, identity)
}

async function isEmptyBeginning(partial: string): Promise<boolean> {
  return !(await filesIn(partial)).some(name => name !== BEGINNING)
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
