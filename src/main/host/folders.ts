import { constants, type Dirent } from 'node:fs'
import { access, mkdir, readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { FolderEntry, FolderListing } from '../../shared/contract/folders'
import { WorkbenchError } from '../../shared/errors'
import { fileKind } from '../datasets/fileKind'
import { detectFormats } from '../datasets/index'
import { assertFolderName, existingInside, isWithin, realRoots } from './allowedFolders'

export interface FolderQuestion {
  readonly path: string
  /** Files too, for those who choose a file. */
  readonly files: boolean
  /** Names that begin with a dot. */
  readonly hidden: boolean
  /** Part of the name, any case. */
  readonly text: string
  readonly offset: number
  readonly limit: number
}

/** Lists an allowed folder. Links that leave the allowed folders are not shown. */
export async function listFolder(roots: readonly string[], question: FolderQuestion): Promise<FolderListing> {
  const path = await folderAt(await existingInside(roots, question.path))
  const allowed = await realRoots(roots)
  const entries = await entriesOf(path, allowed, question)
  const page = entries.slice(question.offset, question.offset + question.limit)
  const root = allowed.filter(each => isWithin(each, path)).sort((a, b) => a.length - b.length)[0] ?? path
  return {
    path,
    parent: path === root ? null : dirname(path),
    crumbs: crumbsOf(root, path),
    project: await isProject(path),
    writable: await access(path, constants.W_OK).then(
      () => true,
      () => false,
    ),
    total: entries.length,
    rows: await Promise.all(page.map(described)),
  }
}

/** Makes a folder in an allowed one. @returns its path */
export async function createFolder(roots: readonly string[], parent: string, name: string): Promise<string> {
  assertFolderName(name)
  const folder = join(await existingInside(roots, parent), name)
  await mkdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EEXIST') throw new WorkbenchError('CONFLICT', `There is a "${name}" in ${parent} already.`)
    if (cause.code === 'ENOSPC') throw cause
    throw new WorkbenchError('BAD_INPUT', `No folder can be made in ${parent}: ${cause.message}.`, { cause })
  })
  return folder
}

/** A file stands for its folder. */
async function folderAt(path: string): Promise<string> {
  return (await fileKind(path)) === 'file' ? dirname(path) : path
}

type Listed = Pick<FolderEntry, 'name' | 'path' | 'kind'>

async function entriesOf(folder: string, allowed: readonly string[], question: FolderQuestion): Promise<Listed[]> {
  const text = question.text.toLowerCase()
  const names = await readdir(folder, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    throw new WorkbenchError('FILE_UNREADABLE', `${folder} cannot be listed: ${cause.message}.`, { cause })
  })
  const wanted = names.filter(
    ({ name }) => (question.hidden || !name.startsWith('.')) && name.toLowerCase().includes(text),
  )
  const listed = await Promise.all(wanted.map(entry => kindOf(folder, entry, allowed)))
  return listed
    .filter(entry => entry !== undefined && (question.files || entry.kind === 'folder'))
    .sort((a, b) => rank(a!) - rank(b!) || collator.compare(a!.name, b!.name)) as Listed[]
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function rank({ kind }: Listed): number {
  return kind === 'folder' ? 0 : 1
}

async function kindOf(folder: string, entry: Dirent, allowed: readonly string[]): Promise<Listed | undefined> {
  const path = join(folder, entry.name)
  if (entry.isDirectory()) return { name: entry.name, path, kind: 'folder' }
  if (entry.isFile()) return { name: entry.name, path, kind: 'file' }
  if (!entry.isSymbolicLink()) return undefined
  const real = await realpath(path).catch(() => undefined)
  if (real === undefined || !allowed.some(root => isWithin(root, real))) return undefined
  return { name: entry.name, path, kind: (await stat(real)).isDirectory() ? 'folder' : 'file' }
}

async function described(entry: Listed): Promise<FolderEntry> {
  const project = entry.kind === 'folder' && (await isProject(entry.path))
  return { ...entry, project, formats: project ? [] : await formatsOf(entry.path) }
}

/** Any folder with a folder in it may hold a folder a class: that is no sign of one. */
async function formatsOf(path: string): Promise<readonly string[]> {
  const formats = await detectFormats(path).catch(() => []) // a folder that may not be read looks like nothing
  return formats.map(({ id }) => id).filter(id => id !== 'folder')
}

async function isProject(folder: string): Promise<boolean> {
  return (await fileKind(join(folder, 'project.sqlite'))) === 'file'
}

function crumbsOf(root: string, path: string): FolderListing['crumbs'] {
  const crumbs: { name: string; path: string }[] = []
  for (let folder = path; ; folder = dirname(folder)) {
    crumbs.unshift({ name: basename(folder) || folder, path: folder })
    if (folder === root || folder === dirname(folder)) return crumbs
  }
}
