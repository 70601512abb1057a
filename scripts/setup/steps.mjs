import { build } from './build.mjs'
import { chromium } from './chromium.mjs'
import { engine, weights } from './fetched.mjs'
import { packages } from './packages.mjs'
import { sqlite } from './sqlite.mjs'

/**
 * @typedef {object} Step
 * @property {string} id
 * @property {string} title
 * @property {number} seconds how long it takes on two cores and a good line
 * @property {boolean} required without it no later step makes sense
 * @property {(root: string) => Promise<boolean>} isDone quick
 * @property {(root: string, detail: (text: string) => void) => Promise<void>} run can be run again at any moment
 */

/**
 * In this order; the steps of one inner list go on side by side: one waits for the network while another compiles.
 *
 * @type {readonly (readonly Step[])[]}
 */
export const stages = [[packages], [build], [sqlite, engine, weights]]

/** What `npm test` needs besides. @type {typeof stages} */
export const testStages = [...stages, [chromium]]
