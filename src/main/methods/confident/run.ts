import { WorkbenchError } from '../../../shared/errors'
import { VOID } from '../../../shared/raster/palette'
import { percentText } from '../../../shared/text/amounts'
import { chooseThreshold, describeChoice } from '../../pool/chooseThreshold'
import { forEachInPool } from '../../pool/forEachInPool'
import { recount } from '../../pool/recount'
import { scoredTruths, scorePaths } from '../../pool/scoredPhotos'
import type { MethodContext, StepResult } from '../context'
import { type ConfidentOptions, MARGINS } from './options'

/** Scores above `foreground` are surely a class's, all at most `background` surely none's. */
interface Thresholds {
  readonly foreground: number
  readonly background: number
}

/** Pixels by what became of them. */
interface Counts {
  foreground: number
  background: number
  undecided: number
}

/** Makes one label map a photo in which only what is sure has a label; the rest is void. */
export async function run(options: ConfidentOptions, context: MethodContext): Promise<StepResult> {
  const { dataset, blobFolder } = context
  const scores = scorePaths(context.inputs.scores!.artifacts, blobFolder)
  const { thresholds, chosen } = await chooseThresholds(options, scores, context)
  const done = new Set(context.existing.map(({ imageId }) => imageId))
  const pending = dataset.images.filter(({ id }) => scores.has(id) && !done.has(id))
  const task = { ...thresholds, ...fieldOf(options), blobFolder }
  const counts: Counts = { foreground: 0, background: 0, undecided: 0 }
  await recount(context, 'labels', async (_, path) => {
    addPixels(counts, (await context.pool.run('labelCounts', { path }, context.signal)).counts)
  })
  await forEachInPool(context, pending, 'confident labels', async ({ id, path, stem }) => {
    const input = { ...task, path, photo: stem, scores: scores.get(id)! }
    const { blob, pixels } = await context.pool.run('confidentLabels', input, context.signal)
    addPixels(counts, pixels)
    context.artifact({ imageId: id, kind: 'labels', blob })
  })
  const photos = done.size + pending.length
  if (counts.foreground === 0) {
    const { step } = context.inputs.scores!
    throw nothingSure(step, thresholds, photos, await largestScore(scores, context))
  }
  const shares = sharesOf(counts)
  context.log(
    `of all pixels ${percentText(shares.foreground)} surely show a class, ${percentText(shares.background)} are surely ` +
      `background, ${percentText(shares.undecided)} stay undecided`,
  )
  return { summary: { photos, ...thresholds, ...chosen, shares } }
}

/** What is not given lies at LPCAM's distance from the threshold that makes the best masks. */
async function chooseThresholds(
  { foreground, background }: ConfidentOptions,
  scores: ReadonlyMap<number, string>,
  context: MethodContext,
): Promise<{ readonly thresholds: Thresholds; readonly chosen: object }> {
  if (foreground !== 'auto' && background !== 'auto')
    return { thresholds: { foreground, background }, chosen: { chosenOn: 'given', chosenOnPhotos: 0 } }
  const { dataset, log } = context
  const truths = scoredTruths(dataset.images, scores)
  const { threshold, ...choice } = await chooseThreshold('auto', truths, dataset.classes.length, context)
  const rounded = (value: number) => Number(value.toFixed(2))
  // High thresholds leave little room: no more than half of it is taken.
  const above = Math.min(threshold + MARGINS.foreground, (threshold + 1) / 2)
  const thresholds = {
    foreground: foreground === 'auto' ? rounded(above) : foreground,
    background: background === 'auto' ? rounded(Math.max(0, threshold + MARGINS.background)) : background,
  }
  if (thresholds.background > thresholds.foreground) throw crossed(thresholds)
  log(
    `${describeChoice({ threshold, ...choice })}; sure of a class above ${thresholds.foreground}, of none up to ${thresholds.background}`,
  )
  return { thresholds, chosen: { masksThreshold: threshold, ...choice } }
}

/** The field that smooths both readings. */
function fieldOf(options: ConfidentOptions) {
  const { longestSide, labelConfidence, iterations } = options
  const { spatialSigma, spatialWeight, bilateralSigma, bilateralColour, bilateralWeight } = options
  const crf = {
    iterations,
    spatial: { sigma: spatialSigma, weight: spatialWeight },
    bilateral: { sigmaXy: bilateralSigma, sigmaRgb: bilateralColour, weight: bilateralWeight },
  }
  return { longestSide, labelConfidence, crf }
}

function crossed({ foreground, background }: Thresholds): WorkbenchError {
  return new WorkbenchError(
    'BAD_INPUT',
    `confident.foreground ${foreground} lies below confident.background ${background}, one of them being found by itself: ` +
      'a pixel between would surely be both. Give both.',
  )
}

function nothingSure(step: string, { foreground }: Thresholds, photos: number, largest: number): WorkbenchError {
  if (largest === 0)
    return new WorkbenchError(
      'BAD_INPUT',
      `In none of the ${photos} photos does a class have a score above 0, which no threshold makes sure: look at what ` +
        `step "${step}" made, and whether the photos have labels.`,
    )
  return new WorkbenchError(
    'BAD_INPUT',
    `In none of the ${photos} photos is a pixel surely of a class: confident.foreground is ${foreground}, the largest ` +
      `score anywhere ${largest.toFixed(2)}. Set confident.foreground lower, some 0.15 above the best threshold.`,
  )
}

async function largestScore(scores: ReadonlyMap<number, string>, context: MethodContext): Promise<number> {
  let most = 0
  await forEachInPool(context, [...scores.values()], 'largest score', async path => {
    most = Math.max(most, ...(await context.pool.run('scoreFacts', { path }, context.signal)).largest)
  })
  return most
}

/** @param pixels of each value of a label map, `[256]` */
function addPixels(counts: Counts, pixels: ArrayLike<number>): void {
  const all = Array.from(pixels).reduce((sum, count) => sum + count, 0)
  counts.background += pixels[0]!
  counts.undecided += pixels[VOID]!
  counts.foreground += all - pixels[0]! - pixels[VOID]!
}

function sharesOf(counts: Counts): Counts {
  const all = Math.max(1, counts.foreground + counts.background + counts.undecided)
  const share = (pixels: number) => Number((pixels / all).toFixed(4))
  return {
    foreground: share(counts.foreground),
    background: share(counts.background),
    undecided: share(counts.undecided),
  }
}
