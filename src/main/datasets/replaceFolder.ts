import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { WorkbenchError } from '../../shared/errors'
import { fileKind } from './fileKind'

/**
 * Makes `folder` hold what `build` writes, all of it or nothing: `build` fills a folder beside it, which is renamed at
 * the end. Only an empty folder, or one whose every name `isOurs` knows, is replaced.
 */
export async function replaceFolder(
  folder: string,
  isOurs: (name: string) => boolean,
  build: (partial: string) => Promise<void>,
): Promise<void> {
  const target = resolve(folder)
  await assertReplaceable(target, isOurs)
  const partial = `${target}.${randomUUID().slice(0, 8)}.partial`
  await mkdir(dirname(target), { recursive: true })
  try {
    await mkdir(partial)
    await build(partial)
    await swap(partial, target)
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    throw error
  }
}

async function assertReplaceable(target: string, isOurs: (name: string) => boolean): Promise<void> {
  const kind = await fileKind(target)
  if (kind === 'nothing') return
  if (kind === 'file') throw new WorkbenchError('BAD_INPUT', `${target} is a file: name a folder to export to.`)
  const foreign = (await readdir(target)).find(name => !isOurs(name))
  if (foreign !== undefined)
    throw new WorkbenchError('BAD_INPUT', `${target} holds other files (${foreign}): name a new or empty folder.`)
}

async function swap(partial: string, target: string): Promise<void> {
  const old = `${partial}.old`
  const hadOne = (await fileKind(target)) === 'folder'
  if (hadOne) await rename(target, old)
  await rename(partial, target)
  if (hadOne) await rm(old, { recursive: true, force: true })
}
