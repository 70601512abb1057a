import type { DatasetImage } from '../../../shared/contract/dataset'
import { WorkbenchError } from '../../../shared/errors'
import { VOID } from '../../../shared/raster/palette'
import { describeSize } from '../../../shared/raster/size'
import { blobPath } from '../../artifacts/blobStore'
import { forEachInPool } from '../../pool/forEachInPool'
import type { MethodContext } from '../context'
import { taughtPhotos } from '../taughtPhotos'
import type { DeeplabOptions } from './options'

/** A photo with the label map that is trained on. */
export interface LabelledPhoto {
  readonly image: DatasetImage
  /** Path of a label map of the photo's size. */
  readonly labels: string
  /** Labels of classes on it, 1 … C. */
  readonly present: readonly number[]
}

/**
 * The photos that have something to learn from, their label maps checked.
 * @throws BAD_INPUT for labels that are no class, naming the photo, and where no two labels can be told apart
 */
export async function labelledPhotos(
  images: readonly DatasetImage[],
  { truth, corrections }: Pick<DeeplabOptions, 'truth' | 'corrections'>,
  context: MethodContext,
): Promise<readonly LabelledPhoto[]> {
  const given = truth === 'only' ? new Map<number, string>() : givenLabels(context)
  const personal = (image: DatasetImage) => {
    const own = truth === 'ignore' ? undefined : image.truth
    return own ?? (corrections && truth !== 'only' ? image.correction : undefined)
  }
  const isGiven = (image: DatasetImage) => personal(image) === undefined && given.has(image.id)
  const taught = new Set(taughtPhotos(images.filter(isGiven), context))
  const wanted = images.flatMap(image => {
    const labels = personal(image) ?? (taught.has(image) ? given.get(image.id) : undefined)
    return labels === undefined ? [] : [{ image, labels }]
  })
  if (wanted.length === 0) throw nothingToLearn(truth, images.length)
  const totals = new Float64Array(256)
  const present = new Map<number, readonly number[]>()
  const faults = new Map<number, WorkbenchError>()
  await forEachInPool(context, wanted, 'reading label maps', async photo => {
    const { counts, width, height } = await context.pool.run('labelCounts', { path: photo.labels }, context.signal)
    const fault = faultOf(photo.image, counts, { width, height }, context.dataset.classes)
    if (fault !== undefined) faults.set(photo.image.id, fault)
    if (counts[VOID]! < width * height) present.set(photo.image.id, classesOf(counts))
    counts.forEach((count, label) => (totals[label]! += count))
  })
  const first = wanted.find(({ image }) => faults.has(image.id)) // the same one each time, whoever was read first
  if (first !== undefined) throw faults.get(first.image.id)!
  assertTwoLabels(totals, context.dataset.classes)
  return wanted.flatMap(photo => {
    const classes = present.get(photo.image.id)
    if (classes !== undefined) return [{ ...photo, present: classes }]
    context.log(`left out ${photo.image.stem}: its label map is void from edge to edge`)
    return []
  })
}

/** Labels with pixels, without background and void. */
function classesOf(counts: Uint32Array): number[] {
  return [...counts.keys()].filter(label => label > 0 && label < VOID && counts[label]! > 0)
}

/** Paths of the label maps that the recipe gives, by photo. */
function givenLabels({ inputs, blobFolder }: MethodContext): ReadonlyMap<number, string> {
  const maps = inputs.labels?.artifacts.filter(({ kind }) => kind === 'labels') ?? []
  return new Map(maps.map(({ imageId, blob }) => [imageId, blobPath(blobFolder, blob)]))
}

/** What is wrong with a photo's label map, if anything. */
function faultOf(
  image: DatasetImage,
  counts: Uint32Array,
  size: { readonly width: number; readonly height: number },
  classes: readonly string[],
): WorkbenchError | undefined {
  if (size.width !== image.width || size.height !== image.height)
    return new WorkbenchError(
      'SHAPE_MISMATCH',
      `The label map of ${image.stem} is ${describeSize(size)}, the photo ${describeSize(image)}: make the map again.`,
    )
  const unknown = counts.findIndex((count, label) => count > 0 && label > classes.length && label !== VOID)
  if (unknown < 0) return undefined
  return new WorkbenchError(
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
