import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { duration } from '../setup/reporter.mjs'
import { ask, CommandFailed, run } from './maskwright.mjs'
import { comparison } from './comparison.mjs'

/**
 * Steps with their share of a first run on two cores, seconds: the estimate before anything is known of this machine.
 */
const expected = { sample: 30, run: 200, figures: 15 }

/**
 * Sample → project → import → run → evaluate → sheet, each kept in `folder` and used again by the next demo.
 *
 * @param {string} root the checkout
 * @param {string} folder
 * @returns {Promise<number>} the exit code
 */
export async function runDemo(root, folder) {
  const start = Date.now()
  const places = {
    root,
    sample: join(folder, 'sample'),
    project: join(folder, 'project'),
    sheet: join(folder, 'sheet.png'),
  }
  try {
    await prepare(places)
    const id = await finishedRun(places)
    await report(places, id)
    console.log(`\nThe demo took ${duration((Date.now() - start) / 1000)}.`)
    return 0
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error
    console.error(`\n\`${error.command}\` did not finish; \`npm run demo\` goes on from here.`)
    return error.exitCode
  }
}

/** @typedef {{ root: string, sample: string, project: string, sheet: string }} Places */
/** @typedef {{ id: number, state: string, datasetHash: string }} Run */

/**
 * The sample's photos and a project that holds them.
 *
 * @param {Places} places
 */
async function prepare({ root, sample, project }) {
  if (existsSync(sample)) say('Sample', `${shown(root, sample)} is there: used again`)
  else {
    say('Sample', `drawing photos, about ${duration(expected.sample)}`)
    await run(root, ['sample', sample])
  }
  if (existsSync(join(project, 'project.sqlite'))) say('Project', `${shown(root, project)} is there: used again`)
  else await run(root, ['new', project])
  say('Import', 'photos, image-level labels, and the masks to measure against')
  const labels = ['--labels', join(sample, 'image_labels.csv')]
  const masks = ['--masks', join(sample, 'SegmentationClass')]
  await run(root, ['import', sample, '--format', 'voc', ...labels, ...masks, '--project', project])
}

/**
 * A finished run of the recipe `lpcam`: the latest of the same photos, one that was interrupted, or a new one.
 *
 * @param {Places} places
 * @returns {Promise<number>} its id
 */
async function finishedRun({ root, project }) {
  const stats = await ask(root, ['stats', '--project', project])
  /** @type {Run[]} */
  const runs = await ask(root, ['runs', '--project', project])
  const done = runs.find(each => each.state === 'done' && each.datasetHash === stats.datasetHash)
  if (done) {
    say(
      'Run',
      `run ${done.id} of the recipe lpcam is finished: used again (remove ${shown(root, project)} for a new one)`,
    )
    return done.id
  }
  say('Run', `classifier, CAM, LPCAM, masks of each: about ${duration(expected.run)} on two cores`)
  const stopped = runs.find(each => ['cancelled', 'queued', 'failed'].includes(each.state))
  const which = stopped ? ['--resume', String(stopped.id)] : ['lpcam']
  await run(root, ['run', ...which, '--project', project])
  /** @type {Run[]} */
  const after = await ask(root, ['runs', '--project', project])
  const latest = after.find(each => each.state === 'done')
  if (latest === undefined) throw new Error('the run ended without a result')
  return latest.id
}

/**
 * The two tables, the difference between them, and a contact sheet.
 *
 * @param {Places} places
 * @param {number} id
 */
async function report({ root, sample, project, sheet }, id) {
  say('Figures', `masks against the sample's truth, about ${duration(expected.figures)}`)
  const ofRun = ['--run', String(id), '--project', project]
  const evaluations = []
  for (const step of ['cam', 'lpcam']) evaluations.push(await ask(root, ['evaluate', '--step', step, ...ofRun]))
  await run(root, ['sheet', '--out', sheet, ...ofRun])
  console.log(`\n${comparison(evaluations)}`)
  console.log(`\nphotos and truth  ${shown(root, sample)}`)
  console.log(`project           ${shown(root, project)}`)
  console.log(`contact sheet     ${shown(root, sheet)}`)
  const masks = join(shown(root, project), '..', 'masks')
  console.log(
    `export the masks  ./bin/maskwright export --format voc --step lpcam --out ${masks} --project ${shown(root, project)}`,
  )
}

/**
 * @param {string} title
 * @param {string} text
 */
function say(title, text) {
  console.log(`\n${title}: ${text}`)
}

/**
 * A path as one types it from the checkout.
 *
 * @param {string} root
 * @param {string} path
 */
function shown(root, path) {
  return relative(root, path)
}
