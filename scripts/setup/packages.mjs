import { existsSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { lastWords, runNpm } from './command.mjs'
import { Problem } from './problem.mjs'
import { hashOf, isStamped, stamp } from './stamps.mjs'

/** Gigabytes that node_modules and the native build need. */
const neededGigabytes = 1.5
const nothing = 'Without the npm packages nothing of Maskwright runs.'

/** The npm packages, exactly as package-lock.json says. @type {import('./steps.mjs').Step} */
export const packages = {
  id: 'packages',
  title: 'npm packages',
  seconds: 40,
  required: true,
  isDone: async root =>
    existsSync(join(root, 'node_modules/.package-lock.json')) && isStamped(root, 'packages', inputs(root)),
  run: async root => {
    const { bavail, bsize } = statfsSync(root)
    const free = (bavail * bsize) / 1e9
    if (free < neededGigabytes)
      throw new Problem(
        `The npm packages take ${neededGigabytes} GB and ${root} has ${free.toFixed(1)} GB free: free some.`,
        nothing,
      )
    const { status, output } = await runNpm(['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'], {
      cwd: root,
    })
    if (status !== 0) throw new Problem(`The npm packages are not installed: ${explain(output)}`, nothing)
    stamp(root, 'packages', inputs(root))
  },
}

/** @param {string} root */
function inputs(root) {
  return hashOf(
    root,
    ['package-lock.json', '.npmrc'],
    [process.platform, process.arch, process.version.split('.')[0] ?? ''],
  )
}

/** @param {string} output of `npm ci` */
function explain(output) {
  if (/ENOSPC/.test(output)) return 'the disk is full. Free some space and run this again.'
  if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET|network/i.test(output))
    return 'the registry cannot be reached. Check the network, the proxy and `npm config get registry`, then run this again.'
  if (/EUSAGE|in sync/.test(output))
    return 'package.json and package-lock.json disagree. Run `npm install` and look at what changes.'
  if (/EACCES|EPERM/.test(output))
    return 'node_modules cannot be written. Make the checkout yours (`chown`) and run this again.'
  return `npm said "${lastWords(output)}".`
}
