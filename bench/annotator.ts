import { blobPath } from '../src/main/artifacts/blobStore'
import { readLabelMap } from '../src/main/artifacts/labelMaps'
import { readScoreMaps } from '../src/main/artifacts/scoreMaps'
import { openProject, type Project } from '../src/main/db/open'
import { measureDisputes, measureSignals, planDisputes, planSignals } from '../src/main/jobs/review/measureSignals'
import { rankPhotos } from '../src/main/jobs/review/rankPhotos'
import { findSource, reviewSources } from '../src/main/jobs/review/sources'
import type { PoolClient } from '../src/main/pool/poolClient'
import { runTask } from '../src/main/pool/tasks/index'
import { reviewOrders, type ReviewOrder } from '../src/shared/contract/reviewQueue'
import { addConfusion } from '../src/shared/metrics/confusion'
import { scoresFromConfusion } from '../src/shared/metrics/scores'
import { SimulatedAnnotator } from './support/annotator'
import { report } from './support/measure'

/**
 * What order is worth most of a person's minutes: a simulated annotator goes through the photos that have ground truth in
 * each order of the queue and corrects, photo by photo, with the editor's own brush, eraser and threshold paint. Prints
 * the mean IoU of the whole set against the number of gestures; the default order must do better than random ones.
 *
 *   npm run bench annotator -- --project FOLDER [--run 3 --step masks] [--against RUN/STEP] [--photos 200] [--gestures 4]
 *
 * The project needs photos with ground truth and a run with masks and score maps, such as `bench:reference --keep` leaves.
 */
const value = (name: string) => (process.argv.includes(`--${name}`) ? process.argv[process.argv.indexOf(`--${name}`) + 1] : undefined) // prettier-ignore
const folder = value('project')
if (folder === undefined) {
  console.error(
    'Name a project with ground truth and a run with masks: --project FOLDER (bench:reference --keep leaves one).',
  )
  process.exit(2)
}
/** Gestures that a photo gets at most before the next one: a person goes on, too, when what is left is small. */
const GESTURES = Number(value('gestures') ?? 4)
const MOST_PHOTOS = Number(value('photos') ?? 200)
const RANDOM_SEEDS = [1, 2, 3, 4, 5]
/** Shares of all photos that were visited, at which the mean IoU is printed. */
const CHECKPOINTS = [0, 0.05, 0.1, 0.2, 0.3, 0.5, 1]

/** One photo's confusion before the first gesture and after each. */
type Course = readonly Float64Array[]

/** Opened for writing once, where the program has come further than the project; the annotator's masks go nowhere. */
openProject(folder).close()
const project = openProject(folder, { readOnly: true })
/** The pool's tasks in this very thread. */
const pool: PoolClient = { threads: 1, run: (name, input) => runTask(name, input) }
try {
  await main(project)
} finally {
  project.close()
}

async function main(project: Project): Promise<void> {
  const step = value('step')
  const source = findSource(project, step === undefined ? null : { run: Number(value('run')), step })
  if (source === undefined) throw new Error(`${folder} has no run with masks`)
  const classes = project.classes.list().length
  const plan = planSignals(project, source)
  const truths = project.masks.truthBlobs()
  const photos = plan.photos.filter(({ image }) => truths.has(image)).slice(0, MOST_PHOTOS)
  const courses = new Map<number, Course>()
  for (const { image, labels, scores } of photos) {
    const path = (blob: string) => blobPath(project.blobFolder, blob)
    const mask = await readLabelMap(path(labels))
    const truth = await readLabelMap(path(truths.get(image)!))
    const maps = scores === null ? undefined : await readScoreMaps(path(scores))
    courses.set(image, new SimulatedAnnotator(mask, truth.labels, maps, classes).correct(GESTURES))
    if (courses.size % 50 === 0) console.error(`${courses.size} of ${photos.length} photos corrected`)
  }

  const orders = await ranked(project, source, new Set(courses.keys()))
  const curves = orders.map(({ order, ids }) => ({ order, ...curve(ids, courses, classes) }))
  report(
    `mIoU, percent, against photos visited (${photos.length}, at most ${GESTURES} gestures each), "${source.step}" of run ${source.run}`,
    curves.map(({ order, points, mean }) => ({
      order,
      ...Object.fromEntries(points.map((point, i) => [`${CHECKPOINTS[i]! * 100} %`, point.toFixed(2)])),
      mean: mean.toFixed(2),
    })),
  )
  report(
    'mIoU, percent, against gestures',
    orders.map(({ order, ids }) => ({ order, ...byGestures(ids, courses, classes) })),
  )
  const meanOf = (wanted: string) => {
    const found = curves.filter(({ order }) => order === wanted).map(({ mean }) => mean)
    return found.reduce((sum, mean) => sum + mean, 0) / found.length
  }
  if (!(meanOf('gain') > meanOf('random'))) process.exitCode = 1
}

/** The photos in each order; random ones with several seeds. */
async function ranked(project: Project, source: NonNullable<ReturnType<typeof findSource>>, of: Set<number>) {
  const work = { pool, progress: () => undefined, checkpoint: () => Promise.resolve() }
  const signals = await measureSignals(project, planSignals(project, source), work)
  const other = reviewSources(project).find(({ run, step }) => run !== source.run || step !== source.step)
  const against = other && findSource(project, other)
  const disputes = against && (await measureDisputes(project, planDisputes(project, source, against), work))
  const ids = Uint32Array.from([...of].sort((a, b) => a - b))
  const facts = {
    signals: new Map(signals.photos.filter(([image]) => of.has(image))),
    disputes: new Map(disputes?.photos),
    present: project.labels.presentPlaces(),
    photosOfClass: project.images.countsPerClass().map(({ images }) => images),
  }
  const orders = reviewOrders.filter(order => order !== 'runs' || disputes !== undefined)
  return orders.flatMap(order =>
    (order === 'random' ? RANDOM_SEEDS : [0]).map((seed): { order: ReviewOrder; ids: readonly number[] } => ({
      order,
      ids: rankPhotos(order, ids, { ...facts, seed }).map(({ image }) => image),
    })),
  )
}

/** Mean IoU after each photo of an order was corrected, at the checkpoints, and its mean over the whole way. */
function curve(ids: readonly number[], courses: ReadonlyMap<number, Course>, classes: number) {
  const total = startOf(courses, classes)
  const values = [miou(total)]
  for (const id of ids) {
    const course = courses.get(id)!
    replace(total, course[0]!, course.at(-1)!)
    values.push(miou(total))
  }
  const points = CHECKPOINTS.map(share => values[Math.round(share * ids.length)]!)
  return { points, mean: values.reduce((sum, point) => sum + point, 0) / values.length }
}

/** The same against the number of gestures made. */
function byGestures(ids: readonly number[], courses: ReadonlyMap<number, Course>, classes: number) {
  const total = startOf(courses, classes)
  const all = ids.reduce((sum, id) => sum + courses.get(id)!.length - 1, 0)
  const marks = CHECKPOINTS.map(share => Math.round(share * all))
  const row: Record<string, string> = {}
  let gestures = 0
  const note = () => {
    if (marks.includes(gestures)) row[`${gestures} gestures`] = miou(total).toFixed(2)
  }
  note()
  for (const id of ids) {
    const course = courses.get(id)!
    for (let i = 1; i < course.length; i++) {
      replace(total, course[i - 1]!, course[i]!)
      gestures++
      note()
    }
  }
  return row
}

function startOf(courses: ReadonlyMap<number, Course>, classes: number): Float64Array {
  const total = new Float64Array((classes + 1) ** 2)
  for (const course of courses.values()) addConfusion(total, course[0]!)
  return total
}

function replace(total: Float64Array, before: Float64Array, after: Float64Array): void {
  for (let cell = 0; cell < total.length; cell++) total[cell]! += after[cell]! - before[cell]!
}

function miou(total: Float64Array): number {
  return (scoresFromConfusion(total).meanIou.value ?? 0) * 100
}
