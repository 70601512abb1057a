import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { lastWords, runCommand, runNpm } from './command.mjs'
import { Problem } from './problem.mjs'

const withoutIt = 'Without it no project opens; `maskwright engine doctor` works.'

/**
 * The native part of better-sqlite3 for the running Node: its own prebuilt file where that can be fetched, else
 * compiled here. Install scripts are off in .npmrc, so nobody else does it. @type {import('./steps.mjs').Step}
 */
export const sqlite = {
  id: 'sqlite',
  title: 'better-sqlite3',
  seconds: 90,
  required: false,
  isDone: opens,
  run: async (root, detail) => {
    detail('looking for its prebuilt file')
    const folder = join(root, 'node_modules/better-sqlite3')
    await runCommand(process.execPath, [join(root, 'node_modules/prebuild-install/bin.js')], {
      cwd: folder,
      seconds: 90,
    })
    if (await opens(root)) return
    detail('no prebuilt file can be fetched: compiling it')
    const { output } = await runNpm(['rebuild', 'better-sqlite3', '--ignore-scripts=false'], {
      cwd: root,
      env: buildSettings(),
    })
    if (await opens(root)) return
    throw new Problem(
      `better-sqlite3 has no prebuilt file that can be fetched here, and does not compile: ${explain(output)}`,
      withoutIt,
    )
  },
}

/**
 * True where it opens a database. In a process of its own: a file of the wrong Node would stay loaded in this one.
 *
 * @param {string} root
 */
async function opens(root) {
  const script = "const Database = require('better-sqlite3'); new Database(':memory:').prepare('select 1').get()"
  const { status } = await runCommand(process.execPath, ['-e', script], { cwd: root })
  return status === 0
}

/** Compile with the headers that lie beside the running Node, where they do: node-gyp would fetch them otherwise. */
function buildSettings() {
  const prefix = dirname(dirname(process.execPath))
  const settings = { npm_config_build_from_source: 'true', npm_config_jobs: 'max' }
  if (!existsSync(join(prefix, 'include/node/node.h'))) return settings
  return { ...settings, npm_config_nodedir: prefix }
}

/** @param {string} output of `npm rebuild` */
function explain(output) {
  if (/No space left|ENOSPC/.test(output)) return 'the disk is full. Free some space and run this again.'
  if (/find Python/.test(output)) return 'node-gyp needs Python 3 (Debian, Ubuntu: `sudo apt install python3`).'
  if (/not found: make|(make|g\+\+|cc|c\+\+): (command )?not found|ENOENT.*make/.test(output))
    return 'it needs a C++ compiler and make (Debian, Ubuntu: `sudo apt install build-essential`).'
  if (/getaddrinfo|ECONNREFUSED|ETIMEDOUT|headers/.test(output))
    return "Node's headers cannot be fetched: check the network, or install Node with its headers (`include/node`)."
  return `node-gyp said "${lastWords(output)}".`
}
