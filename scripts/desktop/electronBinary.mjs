import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where Electron's own program lies in node_modules/electron/dist. @type {Readonly<Record<string, string>>} */
const places = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}

/** Where its resources lie. @type {Readonly<Record<string, string>>} */
const resources = { darwin: 'Electron.app/Contents/Resources' }

/**
 * @param {string} root the checkout
 * @param {NodeJS.Platform} [platform]
 * @returns {{ program: string, resources: string } | undefined} undefined where it was not fetched: install scripts
 *   are off, and it is 100 MB that the browser's window does without
 */
export function electronBinary(root, platform = process.platform) {
  const folder = join(root, 'node_modules/electron/dist')
  const program = join(folder, places[platform] ?? 'electron')
  return existsSync(program) ? { program, resources: join(folder, resources[platform] ?? 'resources') } : undefined
}

/** @param {string} root */
export function electronVersion(root) {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'))
  return String(version)
}

export const howToFetch = '`node node_modules/electron/install.js` fetches it'
