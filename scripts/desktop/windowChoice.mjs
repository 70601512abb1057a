import { howToFetch } from './electronBinary.mjs'

/**
 * Where the window opens, and the one sentence where that is not a window of its own.
 *
 * @typedef {{ readonly kind: 'electron', readonly program: string } | { readonly kind: 'browser', readonly why: string }} WindowChoice
 */

/**
 * @param {{ readonly program: string } | undefined} electron undefined where its binary was not fetched
 * @param {string | undefined} problem why its natives are not to be had
 * @returns {WindowChoice}
 */
export function windowChoice(electron, problem) {
  if (electron === undefined)
    return { kind: 'browser', why: `Electron is not here (${howToFetch}): the window opens in your browser.` }
  return problem === undefined ? { kind: 'electron', program: electron.program } : { kind: 'browser', why: problem }
}

/**
 * What follows a window of Electron's that ended: nothing where it was closed or stopped by Ctrl-C; else the browser.
 *
 * @param {number} code its exit code
 * @returns {string | undefined} the sentence with which the browser opens
 */
export function afterElectron(code) {
  if (code === 0 || code === 130) return undefined
  return `Electron ended with ${code}: the window opens in your browser.`
}

/**
 * `maskwright serve` for what was given to `npm start`: a project is the first word that is no switch.
 *
 * @param {readonly string[]} given
 * @returns {string[]}
 */
export function serveArguments(given) {
  const project = given.find(argument => !argument.startsWith('-'))
  return ['serve', '--open', ...(project === undefined ? [] : ['--project', project])]
}
