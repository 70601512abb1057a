import { spawn } from 'node:child_process'

/**
 * Runs a program to its end. Status 127 stands for one that does not start.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, seconds?: number, onLine?: (line: string) => void }} [options]
 *   `seconds`: after these it is ended, with status 124
 * @returns {Promise<{ status: number, output: string }>} `output`: stdout and stderr together
 */
export function runCommand(program, args, { cwd, env, seconds, onLine } = {}) {
  return new Promise(resolve => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let timedOut = false
    const timer = setTimeout(
      () => {
        timedOut = true
        child.kill()
      },
      (seconds ?? 3600) * 1000,
    )
    const collect = (/** @type {Buffer} */ data) => {
      output += data
      if (onLine !== undefined) for (const line of String(data).split('\n')) if (line !== '') onLine(line)
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    const finish = (/** @type {number} */ status, more = '') => {
      clearTimeout(timer)
      resolve({ status, output: output + more })
    }
    child.on('error', error => finish(127, error.message))
    child.on('close', status => finish(timedOut ? 124 : (status ?? 1)))
  })
}

/**
 * Runs npm: the one that started us where there is one, so that one version does all.
 *
 * @param {readonly string[]} args
 * @param {Parameters<typeof runCommand>[2]} [options]
 */
export function runNpm(args, options) {
  const started = process.env['npm_execpath']
  if (started?.endsWith('.js')) return runCommand(process.execPath, [started, ...args], options)
  return runCommand('npm', args, options)
}

/**
 * The last line of a program's output that says something, for a sentence about a failure nobody foresaw.
 *
 * @param {string} output
 */
export function lastWords(output) {
  const lines = output.split('\n').filter(line => line.trim() !== '' && !/npm (warn|notice)|A complete log/.test(line))
  return lines.at(-1)?.trim() ?? 'nothing'
}
