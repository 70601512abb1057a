import type { DatasetImage } from '../../../shared/contract/dataset'
import { WorkbenchError } from '../../../shared/errors'
import { VOID } from '../../../shared/raster/palette'
import { describeSize } from '../../../shared/raster/size'
import { blobPath } from '../../artifacts/blobStore'
import { forEachInPool } from '../../pool/forEachInPool'
import type { MethodContext } from '../context'
import type { DeeplabOptions } from './options'

/** A photo with the label map that is trained on. */
export interface LabelledPhoto {
  readonly image: DatasetImage
  /** Path of a label map of the photo's size. */
  readonly labels: string
}

/**
 * The photos that have something to learn from, their label maps checked.
 * @throws BAD_INPUT for labels that are no class, naming the photo, and where no two labels can be told apart
 */
export async function labelledPhotos(
  images: readonly DatasetImage[],
  { truth }: Pick<DeeplabOptions, 'truth'>,
  context: MethodContext,
): Promise<readonly LabelledPhoto[]> {
  const wanted = images.flatMap(image => {
    const labels = labelsOf(image, truth, context)
    return labels === undefined ? [] : [{ image, labels }]
  })
  if (wanted.length === 0) throw nothingToLearn(truth, images.length)
  const totals = new Float64Array(256)
  const empty = new Set<number>()
  await forEachInPool(context, wanted, 'reading label maps', async photo => {
    const { counts, width, height } = await context.pool.run('labelCounts', { path: photo.labels }, context.signal)
    check(photo.image, counts, { width, height }, context.dataset.classes)
    if (counts[VOID] === width * height) empty.add(photo.image.id)
    counts.forEach((count, label) => (totals[label]! += count))
  })
  assertTwoLabels(totals, context.dataset.classes)
  for (const { image } of wanted.filter(({ image }) => empty.has(image.id)))
    context.log(`left out ${image.stem}: its label map is void from edge to edge`)
  return wanted.filter(({ image }) => !empty.has(image.id))
}

function labelsOf(image: DatasetImage, truth: DeeplabOptions['truth'], context: MethodContext): string | undefined {
  if (truth !== 'ignore' && image.truth !== undefined) return image.truth
  if (truth === 'only') return undefined
  const artifacts = context.inputs.labels?.artifacts ?? []
  const found = artifacts.find(({ imageId, kind }) => imageId === image.id && kind === 'labels')
  return found && blobPath(context.blobFolder, found.blob)
}

function check(
  image: DatasetImage,
  counts: Uint32Array,
  size: { readonly width: number; readonly height: number },
  classes: readonly string[],
): void {
  if (size.width !== image.width || size.height !== image.height)
    throw new WorkbenchError(
      'SHAPE_MISMATCH',
      `The label map of ${image.stem} is ${describeSize(size)}, the photo ${describeSize(image)}: make the map again.`,
    )
  const unknown = counts.findIndex((count, label) => count > 0 && label > classes.length && label !== VOID)
  if (unknown < 0) return
  throw new WorkbenchError(
    'BAD_INPUT',
    `The label map of ${image.stem} has label ${unknown} on ${counts[unknown]} pixels, and this project ${classes.length} ` +
      `classes: labels are 0 (background), 1 … ${classes.length} and 255 (void).`,
  )
}

/** One label everywhere teaches a network to say that label. */
function assertTwoLabels(totals: Float64Array, classes: readonly string[]): void {
  const present = [...totals.subarray(0, classes.length + 1).keys()].filter(label => totals[label]! > 0)
  if (present.length >= 2) return
  const what =
    present.length === 0
      ? 'nothing but void'
      : `nothing but ${present[0] === 0 ? 'background' : classes[present[0]! - 1]!}`
  throw new WorkbenchError(
    'BAD_INPUT',
    `The label maps hold ${what}: a network learns from two labels or more. Lower the threshold they were made with, ` +
      'or take label maps of another step.',
  )
}

function nothingToLearn(truth: DeeplabOptions['truth'], photos: number): WorkbenchError {
  if (truth === 'only')
    return new WorkbenchError(
      'BAD_INPUT',
      `None of the ${photos} photos to train on has ground truth: import masks, or set truth to ignore.`,
    )
  return new WorkbenchError(
    'BAD_INPUT',
    `None of the ${photos} photos to train on has a label map: the step that gives labels made none.`,
  )
}
