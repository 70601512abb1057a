import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the set-up remembers of itself, one file a step: deleting the folder only costs time. */
const folder = '.setup'

/**
 * True where the step was finished with these very inputs.
 *
 * @param {string} root the checkout
 * @param {string} step
 * @param {string} inputs a hash of all that the step's result depends on
 */
export function isStamped(root, step, inputs) {
  const file = join(root, folder, step)
  return existsSync(file) && readFileSync(file, 'utf8') === inputs
}

/**
 * @param {string} root
 * @param {string} step
 * @param {string} inputs
 */
export function stamp(root, step, inputs) {
  mkdirSync(join(root, folder), { recursive: true })
  const file = join(root, folder, step)
  writeFileSync(`${file}.new`, inputs)
  renameSync(`${file}.new`, file)
}

/**
 * SHA-256 over the names and bytes of files and folders (in order of name) and over `more`.
 *
 * @param {string} root
 * @param {readonly string[]} paths relative to `root`; what does not exist counts as empty
 * @param {readonly string[]} [more]
 */
export function hashOf(root, paths, more = []) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(path => filesOf(root, path)))
    hash.update(`${path}\0`).update(readFileSync(join(root, path)))
  for (const text of more) hash.update(`${text}\0`)
  return hash.digest('hex')
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]} `path` itself, or the files under it in order of name, relative to `root`
 */
function filesOf(root, path) {
  const status = statSync(join(root, path), { throwIfNoEntry: false })
  if (status === undefined) return []
  if (status.isFile()) return [path]
  return readdirSync(join(root, path))
    .sort()
    .flatMap(name => filesOf(root, `${path}/${name}`))
}
