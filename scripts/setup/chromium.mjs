import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { lastWords, runCommand } from './command.mjs'
import { Problem } from './problem.mjs'

/** Where Debian and others put Chromium or its kin. */
const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * Where a Chromium may be, the wanted one first: the one that is named, the machine's own, playwright's download.
 *
 * @param {Record<string, string | undefined>} environment
 * @param {string} downloaded where playwright would put its own
 * @returns {string[]}
 */
export function candidates(environment, downloaded) {
  const named = environment['MASKWRIGHT_CHROMIUM']
  return named ? [named] : [...places, downloaded]
}

/**
 * What can be tried where none is there. playwright's download is the same everywhere; Debian's package also brings
 * the libraries that a bare machine has not, but takes root. Ubuntu's package of that name is only a way to its shop.
 *
 * @param {{ named: boolean, distribution: string | undefined, root: boolean, apt: boolean }} machine
 * @returns {('playwright' | 'apt')[]}
 */
export function waysToInstall({ named, distribution, root, apt }) {
  if (named) return [] // a person who names one does not want another
  return distribution === 'debian' && root && apt ? ['playwright', 'apt'] : ['playwright']
}

/**
 * The `ID` of /etc/os-release.
 *
 * @param {string} text
 * @returns {string | undefined} `debian`, `ubuntu` …
 */
export function distributionOf(text) {
  return /^ID="?([a-z0-9._-]+)"?$/m.exec(text)?.[1]
}

/**
 * The Chromium that tests drive: the first that is there and starts.
 *
 * @param {string} root the checkout
 * @returns {Promise<string | undefined>}
 */
export async function findChromium(root) {
  for (const path of candidates(process.env, downloadedPath(root)))
    if (existsSync(path) && (await starts(path))) return path
  return undefined
}

/**
 * One that was downloaded to a machine without its libraries is there and does not start.
 *
 * @param {string} path
 */
async function starts(path) {
  const { status } = await runCommand(path, ['--version', '--no-sandbox'], { seconds: 30 })
  return status === 0
}

/** @param {string} root */
function downloadedPath(root) {
  const { chromium } = createRequire(resolve(root, 'package.json'))('playwright-core')
  return chromium.executablePath()
}

/** @type {Record<'playwright' | 'apt', (root: string) => Promise<string>>} what was said when it failed */
const install = {
  playwright: async root => {
    const cli = join(root, 'node_modules/playwright-core/cli.js')
    return (await runCommand(process.execPath, [cli, 'install', 'chromium'], { seconds: 600 })).output
  },
  apt: async () => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    await runCommand('apt-get', ['update', '-q'], { env, seconds: 300 })
    const packages = ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-dejavu-core']
    return (await runCommand('apt-get', packages, { env, seconds: 900 })).output
  },
}

function machine() {
  const release = '/etc/os-release'
  return {
    named: Boolean(process.env['MASKWRIGHT_CHROMIUM']),
    distribution: existsSync(release) ? distributionOf(readFileSync(release, 'utf8')) : undefined,
    root: process.getuid?.() === 0,
    apt: existsSync('/usr/bin/apt-get'),
  }
}

/** The browser in which the window is tested. Maskwright itself needs none of its own. @type {import('./steps.mjs').Step} */
export const chromium = {
  id: 'chromium',
  title: 'Chromium for the tests',
  seconds: 60,
  required: true,
  isDone: async root => (await findChromium(root)) !== undefined,
  run: async (root, detail) => {
    const said = []
    for (const way of waysToInstall(machine())) {
      detail(way === 'apt' ? "installing Debian's package" : "fetching playwright's own")
      said.push(lastWords(await install[way](root)))
      if ((await findChromium(root)) !== undefined) return
    }
    const named = process.env['MASKWRIGHT_CHROMIUM']
    if (named) throw new Problem(`MASKWRIGHT_CHROMIUM names ${named}, which does not start.`, stillWorks)
    throw new Problem(
      `The tests drive the window in Chromium and none is here that starts (${said.join('; ')}). ` +
        'Install it (Debian: `sudo apt install chromium`), or name one in MASKWRIGHT_CHROMIUM.',
      stillWorks,
    )
  },
}

const stillWorks = 'Maskwright itself works without it: only `npm test` needs a browser of its own.'
