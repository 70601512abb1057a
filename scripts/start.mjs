import { spawn } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { electronBinary, howToFetch } from './desktop/electronBinary.mjs'
import { provideElectronSqlite } from './desktop/electronSqlite.mjs'
import { Problem } from './setup/problem.mjs'
import { printOutcome, setUp } from './setup/setUp.mjs'

/**
 * `npm start [-- PROJECT]`: the set-up where it is needed, then the workbench in a window of its own; in the browser
 * where Electron is not there. It stays until the window is closed, or until Ctrl-C.
 */
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const args = process.argv.slice(2)
const start = Date.now()
const problems = await setUp(root).catch(asProblems)
if (problems.length > 0) {
  printOutcome(problems, (Date.now() - start) / 1000)
  process.exitCode = 1
} else process.exitCode = await open()

/** @returns {Promise<number>} the exit code */
async function open() {
  const electron = electronBinary(root)
  if (electron === undefined) {
    console.log(`Electron is not here (${howToFetch}): the window opens in your browser.`)
    return serve()
  }
  const [problem] = await provideElectronSqlite(root).then(() => [], asProblems)
  if (problem !== undefined) {
    console.log(problem.message)
    return serve()
  }
  const code = await run(electron.program, [root, ...args])
  if (code === 0 || code === 130) return code
  console.log(`Electron ended with ${code}: the window opens in your browser.`)
  return serve()
}

function serve() {
  const project = args.find(argument => !argument.startsWith('-'))
  const ofProject = project === undefined ? [] : ['--project', project]
  return run(process.execPath, [join(root, 'bin/maskwright'), 'serve', '--open', ...ofProject])
}

/**
 * Runs a program that is stopped by the terminal's Ctrl-C itself: this one waits until it has ended in good order.
 *
 * @param {string} program
 * @param {readonly string[]} programArguments
 * @returns {Promise<number>}
 */
function run(program, programArguments) {
  process.on('SIGINT', () => undefined)
  const child = spawn(program, programArguments, { stdio: 'inherit' })
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  return new Promise(done => {
    child.once('error', () => done(1))
    child.once('close', (code, signal) => done(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}

/**
 * @param {unknown} error
 * @returns {Problem[]}
 */
function asProblems(error) {
  if (error instanceof Problem) return [error]
  throw error
}
