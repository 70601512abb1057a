import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** A command that ended with another code than 0; it has said why. */
export class CommandFailed extends Error {
  /**
   * @param {string} command
   * @param {number} exitCode
   */
  constructor(command, exitCode) {
    super(`${command} ended with ${exitCode}`)
    this.command = command
    this.exitCode = exitCode
  }
}

/**
 * Runs `./bin/maskwright` with the terminal it has, so that its progress shows.
 *
 * @param {string} root the checkout
 * @param {readonly string[]} args
 */
export async function run(root, args) {
  await start(root, args, 'inherit')
}

/**
 * The JSON document that `./bin/maskwright … --json` prints; its progress goes to the terminal.
 *
 * @param {string} root
 * @param {readonly string[]} args
 */
export async function ask(root, args) {
  return JSON.parse(await start(root, [...args, '--json'], 'pipe'))
}

/**
 * @param {string} root
 * @param {readonly string[]} args
 * @param {'inherit' | 'pipe'} output
 * @returns {Promise<string>} what it printed, when piped
 */
function start(root, args, output) {
  const child = spawn(process.execPath, [join(root, 'bin', 'maskwright'), ...args], {
    cwd: root,
    stdio: ['inherit', output, 'inherit'],
  })
  let text = ''
  child.stdout?.setEncoding('utf8').on('data', part => {
    text += part
  })
  // Ctrl-C reaches the child as well, which stops in good order: wait for it instead of leaving it behind.
  const wait = () => undefined
  process.on('SIGINT', wait)
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', (code, signal) => {
      process.off('SIGINT', wait)
      if (code === 0) done(text)
      else fail(new CommandFailed(`maskwright ${args.join(' ')}`, code ?? (signal === 'SIGINT' ? 130 : 1)))
    })
  })
}
