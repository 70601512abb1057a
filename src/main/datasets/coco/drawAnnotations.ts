import { open } from 'node:fs/promises'
import { WorkbenchError } from '../../../shared/errors'
import { issueSentence } from '../../../shared/issueSentence'
import { decodeCocoCounts } from '../../../shared/raster/cocoCounts'
import { cocoPolygonCounts } from '../../../shared/raster/cocoPolygon'
import { paintCocoRuns } from '../../../shared/raster/cocoRuns'
import { VOID } from '../../../shared/raster/palette'
import { describeSize, type Size } from '../../../shared/raster/size'
import type { LabelMap } from '../../media/labelPng'
import { cocoAnnotation, cocoSegmentation, FEWEST_NUMBERS } from './cocoSchema'
import type { PlacedAnnotation } from './readCoco'

/** An annotation with the label that it paints. */
export interface LabelledAnnotation extends PlacedAnnotation {
  readonly label: number
}

/** Runs to be painted with one label. */
interface Paint {
  readonly label: number
  /** Of the annotation, bytes from the file's beginning. */
  readonly offset: number
  readonly area: number
  /** What lies lower is painted first. */
  readonly layer: number
  readonly runs: readonly (readonly number[])[]
}

const [BOXES, CROWDS, OBJECTS] = [0, 1, 2]

/**
 * The label map of a photo's annotations. Where they overlap the smaller one is seen: a cup on a table is a cup. Below
 * all objects lie the crowds, and below these void, wherever an annotation has a box and no mask.
 */
export async function drawAnnotations(
  path: string,
  annotations: readonly LabelledAnnotation[],
  size: Size,
): Promise<LabelMap> {
  const labels = new Uint8Array(size.width * size.height)
  if (annotations.length === 0) return { labels, ...sides(size) }
  await using file = await open(path)
  const paints: Paint[] = []
  for (const annotation of annotations) {
    const bytes = Buffer.alloc(annotation.length)
    await file.read(bytes, 0, annotation.length, annotation.offset)
    const { offset } = annotation
    paints.push(naming(path, offset, () => paintOf(annotation, bytes.toString('utf8'), size)))
  }
  paints.sort((a, b) => a.layer - b.layer || b.area - a.area)
  for (const { runs, label, offset } of paints)
    for (const counts of runs) naming(path, offset, () => paintCocoRuns(labels, size, counts, label))
  return { labels, ...sides(size) }
}

function sides({ width, height }: Size): Size {
  return { width, height }
}

/** Says of what is wrong with an annotation where it stands. */
function naming<Value>(path: string, offset: number, work: () => Value): Value {
  try {
    return work()
  } catch (cause) {
    if (!(cause instanceof WorkbenchError)) throw cause
    throw new WorkbenchError(cause.code, `${path}, the annotation at byte ${offset}: ${cause.message}`, { cause })
  }
}

function paintOf({ label, crowd, offset }: LabelledAnnotation, text: string, size: Size): Paint {
  const { segmentation, bbox } = cocoAnnotation.parse(JSON.parse(text))
  const isMissing = segmentation === undefined || segmentation === null || isEmptyList(segmentation)
  const runs = isMissing ? boxRuns(bbox, size) : maskRuns(segmentation, size)
  const area = runs.reduce((sum, counts) => sum + insideOf(counts), 0)
  if (isMissing) return { label: VOID, offset, area, layer: BOXES!, runs }
  return { label, offset, area, layer: crowd ? CROWDS! : OBJECTS!, runs }
}

/** One list of runs a polygon: several are a union, as pycocotools merges them. */
function maskRuns(given: unknown, size: Size): readonly (readonly number[])[] {
  const parsed = cocoSegmentation.safeParse(given)
  if (!parsed.success)
    throw new WorkbenchError('BAD_INPUT', issueSentence(parsed.error.issues[0]!, given, 'segmentation'))
  const segmentation = parsed.data
  if (Array.isArray(segmentation))
    return segmentation
      .filter(polygon => polygon.length >= FEWEST_NUMBERS)
      .map(polygon => cocoPolygonCounts(polygon, size))
  const [height, width] = segmentation.size
  if (width !== size.width || height !== size.height)
    throw new WorkbenchError(
      'SHAPE_MISMATCH',
      `its runs are of ${describeSize({ width, height })}, the photo is ${describeSize(size)}`,
    )
  const { counts } = segmentation
  return [typeof counts === 'string' ? decodeCocoCounts(counts) : counts]
}

function boxRuns(box: readonly number[] | undefined, size: Size): readonly (readonly number[])[] {
  if (box?.length !== 4) return []
  const [x, y, width, height] = box as [number, number, number, number]
  return [cocoPolygonCounts([x, y, x + width, y, x + width, y + height, x, y + height], size)]
}

function insideOf(counts: readonly number[]): number {
  return counts.reduce((sum, count, place) => (place % 2 === 1 ? sum + count : sum), 0)
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}
