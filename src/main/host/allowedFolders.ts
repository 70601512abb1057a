import { realpath } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path'
import { WorkbenchError } from '../../shared/errors'

/**
 * Path traversal: what a window names must lie in the folders that it may use, also after every link was followed; a
 * link inside that points outside leads nowhere.
 * @returns the real path of an existing file or folder
 */
export async function existingInside(roots: readonly string[], path: string): Promise<string> {
  const wanted = absolute(path)
  const real = await realpath(wanted).catch((cause: NodeJS.ErrnoException) => {
    throw notThere(wanted, cause)
  })
  await assertInside(roots, real, wanted)
  return real
}

/** Where something new may be made: its folder exists, or is to be made too, inside the allowed ones. */
export async function newInside(roots: readonly string[], path: string): Promise<string> {
  const wanted = absolute(path)
  const missing: string[] = []
  for (let folder = wanted; ; folder = dirname(folder)) {
    const real = await realpath(folder).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'ENOENT' || folder === dirname(folder)) throw notThere(folder, cause)
      missing.unshift(basename(folder))
      return undefined
    })
    if (real === undefined) continue
    await assertInside(roots, real, wanted)
    return join(real, ...missing)
  }
}

/** The allowed folders that exist, links followed. */
export async function realRoots(roots: readonly string[]): Promise<readonly string[]> {
  const real = await Promise.all(roots.map(root => realpath(root).catch(() => undefined)))
  return [...new Set(real.filter(root => root !== undefined))]
}

/** Whether `path` is `root` or lies below it; both absolute, links followed. */
export function isWithin(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep)
}

const longestName = 255 // bytes, on every file system that people use

/**
 * The name of one new folder. Path traversal: `..` or a separator would make it somewhere else.
 * @throws BAD_INPUT saying what is wrong with it
 */
export function assertFolderName(name: string): void {
  const say = (why: string) =>
    new WorkbenchError('BAD_INPUT', `A folder cannot be called "${shortened(name, 60)}": ${why}.`)
  if (name.trim() === '') throw say('give it a name')
  if (name === '.' || name === '..') throw say('this means another folder')
  if (name.includes('/') || name.includes('\\')) throw say('a slash parts folders')
  if (hasControlCharacter(name)) throw say('it holds a control character')
  if (name !== name.trim()) throw say('it begins or ends with a space')
  const bytes = Buffer.byteLength(name)
  if (bytes > longestName) throw say(`it is ${bytes} bytes long, and the file system takes ${longestName}`)
}

function hasControlCharacter(name: string): boolean {
  return [...name].some(character => character < ' ' || character === '\u007f')
}

/** `~` is the home folder, as in a terminal. */
function absolute(path: string): string {
  const trimmed = path.trim()
  if (trimmed === '~' || trimmed.startsWith(`~${sep}`)) return join(homedir(), trimmed.slice(1))
  if (isAbsolute(trimmed) && !trimmed.includes('\0')) return resolve(trimmed)
  throw new WorkbenchError('BAD_INPUT', `"${shortened(path)}" is no whole path: begin it with ${sep} or ~${sep}.`)
}

async function assertInside(roots: readonly string[], real: string, wanted: string): Promise<void> {
  const allowed = await realRoots(roots)
  if (allowed.some(root => isWithin(root, real))) return
  const where = real === wanted ? '' : ` (it is a link to ${real})`
  throw new WorkbenchError(
    'BAD_INPUT',
    `${shortened(wanted)}${where} is outside the folders that this window may use (${allowed.join(', ')}): ` +
      'start Maskwright with --root and the folder to allow it.',
  )
}

function notThere(path: string, { code, message }: NodeJS.ErrnoException): WorkbenchError {
  const named = shortened(path)
  if (code === 'EACCES')
    return new WorkbenchError('FILE_UNREADABLE', `${named} may not be read: it belongs to another.`)
  if (code === 'ENAMETOOLONG') return new WorkbenchError('BAD_INPUT', `${named} is too long for a path.`)
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new WorkbenchError('NOT_FOUND', `There is nothing at ${named}: it was moved, renamed or removed.`)
  return new WorkbenchError('FILE_UNREADABLE', `${named} cannot be reached: ${message}.`)
}

/** A hostile path must not fill the screen. */
function shortened(path: string, most = 300): string {
  return path.length <= most ? path : `${path.slice(0, most / 2)} … ${path.slice(-most / 2 + 3)}`
}
