import { readFileSync } from 'node:fs'
import { reviewQueueSchema, type ReviewOrder } from '../src/shared/contract/reviewQueue'
import { addConfusion, confusion } from '../src/shared/metrics/confusion'
import { scoresFromConfusion } from '../src/shared/metrics/scores'
import { connectedComponents } from '../src/shared/raster/connectedComponents'
import { VOID } from '../src/shared/raster/palette'
import { forEachRun, type Region } from '../src/shared/raster/region'
import { blobPath } from '../src/main/artifacts/blobStore'
import { readConfig } from '../src/main/config'
import type { Project } from '../src/main/db/open'
import { openSession, type ProjectSession } from '../src/main/host/projectSession'
import { decodeLabelPng, type LabelMap } from '../src/main/media/labelPng'
import { report } from './support/measure'

/**
 * What an order of the review queue is worth: a simulated annotator goes down it and the mean IoU of all masks is taken
 * after so many actions. Looking at a photo is an action; so is every region that is set right, the largest first: the
 * connected wrong pixels that want the same label. A photo is left when its largest error is small, or after a few.
 *
 * `npm run bench -- simulatedAnnotator PROJECT RUN STEP [ACTIONS]`: a project whose photos have ground truth.
 */
const [folder, runText, step, actionsText] = process.argv.slice(2)
if (folder === undefined || runText === undefined || step === undefined)
  throw new Error('say which masks: a project’s folder, a run and a step')
const source = { run: Number(runText), step }
const MOST_ACTIONS = Number(actionsText ?? 400)
const ACTIONS_A_PHOTO = 3
/** Share of a photo below which a person leaves an error alone. */
const SMALL_ERROR = 0.002
const SEEDS = [1, 2, 3]

const marks = [0.125, 0.25, 0.5, 1].map(share => Math.round(share * MOST_ACTIONS))
const session = openSession(folder, () => readConfig(), () => undefined, { readOnly: true }) // prettier-ignore
try {
  const classes = session.project.classes.names().length
  const start = wholeConfusion(session.project, classes)
  const rows = []
  for (const order of ['gain', 'margin', 'entropy', 'labels', 'tail', 'random'] as const) {
    const seeds = order === 'random' ? SEEDS : [0]
    const curves: number[][] = []
    for (const seed of seeds) curves.push(await curveOf(order, seed, start))
    const means = marks.map((_, i) => curves.reduce((sum, curve) => sum + curve[i]!, 0) / curves.length)
    rows.push({ order, ...Object.fromEntries(marks.map((mark, i) => [`mIoU % after ${mark}`, means[i]!.toFixed(2)])) })
  }
  report(`Mean IoU of ${start.photos} masks by simulated actions, ${meanIou(start.total)} % before`, rows)

  async function curveOf(order: ReviewOrder, seed: number, { total }: { readonly total: Float64Array }) {
    const running = total.slice()
    const curve: number[] = []
    let actions = 0
    for (const image of await queueOf(session, order, seed)) {
      const photo = readPhoto(session.project, image)
      if (photo === undefined) continue
      const spend = () => {
        actions++
        if (marks.includes(actions)) curve.push(Number(meanIou(running)))
      }
      spend()
      for (let made = 0; made < ACTIONS_A_PHOTO && actions < MOST_ACTIONS; made++) {
        const error = largestError(photo)
        if (error === undefined) break
        addConfusion(
          running,
          confusion(photo.truth, photo.mask.labels, classes).map(pixels => -pixels),
        )
        setRight(photo, error)
        addConfusion(running, confusion(photo.truth, photo.mask.labels, classes))
        spend()
      }
      if (actions >= MOST_ACTIONS) break
    }
    while (curve.length < marks.length) curve.push(Number(meanIou(running)))
    return curve
  }
} finally {
  await session[Symbol.asyncDispose]()
}

interface Photo {
  readonly mask: LabelMap
  readonly truth: Uint8Array
}

function readPhoto(project: Project, image: number): Photo | undefined {
  const made = project.artifacts.find(source.run, source.step, 'labels', image)
  const truth = project.masks.truth(image)
  if (made === undefined || truth === undefined) return undefined
  const read = (blob: string) => decodeLabelPng(readFileSync(blobPath(project.blobFolder, blob)), blob)
  return { mask: read(made.blob), truth: read(truth.blob).labels }
}

function wholeConfusion(project: Project, classes: number) {
  const total = new Float64Array((classes + 1) ** 2)
  let photos = 0
  for (const { id } of project.images.all()) {
    const photo = readPhoto(project, id)
    if (photo === undefined) continue
    addConfusion(total, confusion(photo.truth, photo.mask.labels, classes))
    photos++
  }
  return { total, photos }
}

async function queueOf(session: ProjectSession, order: ReviewOrder, seed: number): Promise<readonly number[]> {
  const question = reviewQueueSchema.parse({ source, order, seed, limit: 500 })
  await session.reviewQueues.measured(question, { signal: new AbortController().signal, progress: () => undefined })
  const images: number[] = []
  for (let after: number | null = null; ;) {
    const { items, next } = await session.reviewQueues.page({ ...question, after })
    images.push(...items.map(({ image }) => image))
    if (next === null) return images
    after = next
  }
}

/** The largest connected part of the wrong pixels that want the same label; undefined where it is small. */
function largestError({ mask, truth }: Photo): Region | undefined {
  const wanted = truth.map((label, i) => (label === VOID || label === mask.labels[i] ? 0 : label + 1))
  const parts = connectedComponents(wanted, mask, false)
  const largest = parts.reduce<(typeof parts)[number] | undefined>(
    (best, part) => (best === undefined || part.pixels > best.pixels ? part : best),
    undefined,
  )
  return largest !== undefined && largest.pixels > SMALL_ERROR * truth.length ? largest.region : undefined
}

function setRight({ mask, truth }: Photo, region: Region): void {
  forEachRun(region, (y, from, to) => {
    const row = y * mask.width
    mask.labels.set(truth.subarray(row + from, row + to), row + from)
  })
}

function meanIou(total: Float64Array): string {
  return (100 * (scoresFromConfusion(total).meanIou.value ?? 0)).toFixed(2)
}
