import { spawn } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { electronBinary } from './desktop/electronBinary.mjs'
import { provideElectronSqlite } from './desktop/electronSqlite.mjs'
import { afterElectron, serveArguments, windowChoice } from './desktop/windowChoice.mjs'
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
  const [problem] = electron === undefined ? [] : await provideElectronSqlite(root).then(() => [], asProblems)
  const choice = windowChoice(electron, problem?.message)
  if (choice.kind === 'browser') return serve(choice.why)
  const code = await run(choice.program, [root, ...args])
  const why = afterElectron(code)
  return why === undefined ? code : serve(why)
}

/** @param {string} why */
function serve(why) {
  console.log(why)
  return run(process.execPath, [join(root, 'bin/maskwright'), ...serveArguments(args)])
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
