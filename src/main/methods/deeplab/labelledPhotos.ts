import type { DatasetImage } from '../../../shared/contract/dataset'
import { WorkbenchError } from '../../../shared/errors'
import { VOID } from '../../../shared/raster/palette'
import { describeSize } from '../../../shared/raster/size'
import { forEachInPool } from '../../pool/forEachInPool'
import type { MethodContext } from '../context'
import type { ChosenLabels } from './chooseLabels'

/** A photo with the label map that is trained on: of the photo's size, and not void from edge to edge. */
export interface LabelledPhoto extends ChosenLabels {
  /** Labels of classes on it, 1 … C. */
  readonly present: readonly number[]
}

/**
 * Photos with label maps that are trained on, the maps read and checked.
 * @throws BAD_INPUT for labels that are no class, naming the photo, and where no two labels can be told apart
 */
export async function labelledPhotos(
  wanted: readonly ChosenLabels[],
  context: MethodContext,
): Promise<readonly LabelledPhoto[]> {
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
