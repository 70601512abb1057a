import { readFileSync } from 'node:fs'
import { reviewOrders, reviewQueueSchema, type ReviewOrder } from '../src/shared/contract/reviewQueue'
import { addConfusion } from '../src/shared/metrics/confusion'
import { scoresFromConfusion } from '../src/shared/metrics/scores'
import { decodeScoreMaps } from '../src/shared/tensors/scoreMaps'
import { blobPath } from '../src/main/artifacts/blobStore'
import { readConfig } from '../src/main/config'
import { openSession } from '../src/main/host/projectSession'
import { findSource } from '../src/main/jobs/review/sources'
import { planSignals } from '../src/main/jobs/review/measureSignals'
import { decodeLabelPng } from '../src/main/media/labelPng'
import { SimulatedAnnotator } from './support/annotator'
import { report } from './support/measure'

/**
 * What an order of the review queue is worth: a simulated annotator goes down it and the mean IoU of all masks is taken
 * after so many actions. Looking at a photo is an action; so is every gesture of the editor's own tools, each made where
 * the largest part is wrong: a dab or a stroke of the brush or the eraser, or threshold paint. A photo is left when its
 * largest error is small, when no gesture helps, or after a few. The default order must do better than a random one.
 *
 * `npm run bench -- simulatedAnnotator PROJECT RUN STEP [ACTIONS [RUN STEP]]`: a project whose photos have ground truth;
 * the second run and step are the masks that the order by disagreement compares with, which is left out without them.
 */
const [folder, runText, step, actionsText, otherRunText, otherStep] = process.argv.slice(2)
if (folder === undefined || runText === undefined || step === undefined)
  throw new Error('say which masks: a project’s folder, a run and a step')
if (otherRunText !== undefined && otherStep === undefined)
  throw new Error(`say which step of run ${otherRunText} the masks are compared with`)
const MOST_ACTIONS = Number(actionsText ?? 400)
const GESTURES_A_PHOTO = 4
const SEEDS = [1, 2, 3]
const marks = [0.125, 0.25, 0.5, 1].map(share => Math.round(share * MOST_ACTIONS))

/** One photo's confusion as it is, and after each gesture. */
type Course = readonly Float64Array[]

const session = openSession(folder, () => readConfig(), () => undefined, { readOnly: true }) // prettier-ignore
try {
  const { project, reviewQueues } = session
  const classes = project.classes.names().length
  const source = { run: Number(runText), step }
  const against = otherStep === undefined ? undefined : { run: Number(otherRunText), step: otherStep }
  const orders = reviewOrders.filter(order => order !== 'runs' || against !== undefined)
  const truths = project.masks.truthBlobs()
  const photos = new Map(planSignals(project, findSource(project, source)!).photos.map(photo => [photo.image, photo]))
  const before = new Float64Array((classes + 1) ** 2)
  const measured = [...photos.keys()].filter(image => truths.has(image))
  for (const image of measured) addConfusion(before, annotatorOf(image, 'without scores').correct(0)[0]!)
  const courses = new Map<number, Course>()

  const rows: { readonly order: ReviewOrder; readonly means: readonly number[] }[] = []
  for (const order of orders) {
    const curves: number[][] = []
    for (const seed of order === 'random' ? SEEDS : [0]) curves.push(curveOf(await queueOf(order, seed)))
    const means = marks.map((_, i) => curves.reduce((sum, curve) => sum + curve[i]!, 0) / curves.length)
    rows.push({ order, means })
  }
  report(
    `Mean IoU of ${measured.length} masks by simulated actions, ${meanIou(before).toFixed(2)} % before`,
    rows.map(({ order, means }) => ({
      order,
      ...Object.fromEntries(marks.map((mark, i) => [`mIoU % after ${mark}`, means[i]!.toFixed(2)])),
    })),
  )
  const last = (wanted: ReviewOrder) => rows.find(({ order }) => order === wanted)!.means.at(-1)!
  if (last('gain') <= last('random')) process.exitCode = 1

  function annotatorOf(image: number, scored: 'with scores' | 'without scores'): SimulatedAnnotator {
    const { labels, scores } = photos.get(image)!
    const read = (blob: string) => readFileSync(blobPath(project.blobFolder, blob))
    const truth = truths.get(image)!
    const maps = scores === null || scored === 'without scores' ? undefined : decodeScoreMaps(read(scores), scores)
    const mask = decodeLabelPng(read(labels), labels)
    return new SimulatedAnnotator(mask, decodeLabelPng(read(truth), truth).labels, maps, classes)
  }

  /** Made when an order first comes to the photo. */
  function courseOf(image: number): Course {
    const known = courses.get(image)
    if (known !== undefined) return known
    const course = annotatorOf(image, 'with scores').correct(GESTURES_A_PHOTO)
    courses.set(image, course)
    return course
  }

  async function queueOf(order: ReviewOrder, seed: number): Promise<readonly number[]> {
    const question = reviewQueueSchema.parse({ source, order, seed, against, limit: 500 })
    await reviewQueues.measured(question, { signal: new AbortController().signal, progress: () => undefined })
    const images: number[] = []
    for (let after: number | null = null; ;) {
      const { items, next } = await reviewQueues.page({ ...question, after })
      images.push(...items.map(({ image }) => image))
      if (next === null) return images
      after = next
    }
  }

  /** Mean IoU at each of the marks. */
  function curveOf(queue: readonly number[]): number[] {
    const running = before.slice()
    const curve: number[] = []
    let actions = 0
    const spend = () => {
      if (marks.includes(++actions)) curve.push(meanIou(running))
    }
    for (const image of queue.filter(image => truths.has(image))) {
      if (actions >= MOST_ACTIONS) break
      const course = courseOf(image)
      spend()
      for (let made = 1; made < course.length && actions < MOST_ACTIONS; made++) {
        for (let cell = 0; cell < running.length; cell++)
          running[cell]! += course[made]![cell]! - course[made - 1]![cell]!
        spend()
      }
    }
    while (curve.length < marks.length) curve.push(meanIou(running))
    return curve
  }
} finally {
  await session[Symbol.asyncDispose]()
}

/** Percent. */
function meanIou(total: Float64Array): number {
  return 100 * (scoresFromConfusion(total).meanIou.value ?? 0)
}
