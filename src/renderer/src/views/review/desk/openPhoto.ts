import type { ReviewPhoto } from '../../../../../shared/contract/review'
import type { StoredStroke } from '../../../../../shared/contract/strokeJournal'
import { toErrorData, WorkbenchError } from '../../../../../shared/errors'
import { decodeDelta } from '../../../../../shared/raster/labelDelta'
import { api } from '../../../api/client'
import { blobUrl } from '../../../api/photoBytes'
import { fetchStrokes, type ReviewedPhoto } from '../../../api/reviewBytes'
import { labelImage } from '../../../composables/useLabelImage'
import { LabelDocument } from '../../../editor/core/labelDocument'
import type { usePhotoBytesStore } from '../../../stores/photoBytes'
import { reviewTexts } from '../../../texts/review'
import { seedsTexts } from '../../../texts/seeds'
import { UnopenedMask, unopenedStrokes } from './unopenedMask'

/** A photo as it was fetched, its mask ready to be edited: once, by whoever opens it. */
export interface FetchedPhoto {
  readonly reviewed: ReviewedPhoto
  readonly facts: ReviewPhoto
  readonly picture: ImageBitmap
  readonly mask: RebuiltMask
}

/** What every renderer can show: photos within it are fetched before anybody knows what this one can. */
export const usualLongest = 4096

/** Everything of a photo, in two rounds. @throws what is wrong with it, as a sentence: it is not opened then */
export async function fetchReviewed(
  reviewed: ReviewedPhoto,
  longest: number,
  bytes: Pick<ReturnType<typeof usePhotoBytesStore>, 'photo'>,
): Promise<FetchedPhoto> {
  const { project, image, source } = reviewed
  const facts = await api.review.photo.query({ project, image, source })
  const { stem, width, height } = facts.layers.image
  const [picture, labels, strokes] = await Promise.all([
    bytes.photo(project, image, Math.max(width, height) <= usualLongest ? usualLongest : longest, stem),
    facts.mask.blob === null ? new Uint8Array(width * height) : savedLabels(project, facts, facts.mask.blob),
    facts.journal.bytes === 0 ? [] : fetchStrokes(reviewed),
  ])
  const shrunk = Math.max(width, height) > longest
  if (!shrunk && (picture.width !== width || picture.height !== height))
    throw new WorkbenchError('SHAPE_MISMATCH', seedsTexts.otherPhoto(stem, picture, { width, height }))
  return { reviewed, facts, picture, mask: rebuildMask(facts, labels, strokes) }
}

/**
 * @throws UnopenedMask: a damaged mask is never shown as an empty one, which would then be saved over it. A server that
 * does not answer says nothing of the mask: that error stays what it is.
 */
async function savedLabels(project: string, facts: ReviewPhoto, blob: string): Promise<Uint8Array> {
  const { image } = facts.layers
  const read = await labelImage(blobUrl(project, blob)).catch((cause: unknown) => {
    if (toErrorData(cause).code !== 'FILE_UNREADABLE') throw cause
    throw new UnopenedMask('FILE_UNREADABLE', reviewTexts.damagedMask(image.stem), facts, 'mask', cause)
  })
  if (read.width !== image.width || read.height !== image.height)
    throw new UnopenedMask('SHAPE_MISMATCH', reviewTexts.otherMask(image.stem, read, image), facts, 'mask', undefined)
  return read.labels
}

/** What is edited: the saved labels without the strokes that were painted over, and the strokes that undo reaches. */
export interface RebuiltMask {
  readonly document: LabelDocument
  readonly deltas: readonly ReturnType<typeof decodeDelta>[]
  /** How many of `deltas` stand. */
  readonly position: number
  /** How many of them the document holds. */
  readonly applied: number
}

/**
 * Rebuilds the mask as `StrokeJournal` says.
 * @param labels `[height * width]` of the saved label map: copied, others show it too
 * @throws UnopenedMask where a stroke is damaged or does not fit the mask, naming it
 */
function rebuildMask(facts: ReviewPhoto, labels: Uint8Array, strokes: readonly StoredStroke[]): RebuiltMask {
  const { journal, layers } = facts
  const { stem, width, height } = layers.image
  const document = new LabelDocument({ width, height }, labels.slice())
  const decode = ({ delta, place }: StoredStroke) => decodeDelta(delta, reviewTexts.strokeName(place, stem))
  const rewound = strokes.filter(({ rewind }) => rewind).toSorted((a, b) => b.place - a.place)
  const kept = strokes.filter(({ rewind }) => !rewind).toSorted((a, b) => a.place - b.place)
  const before = journal.first - 1
  try {
    for (const stroke of rewound) document.apply(decode(stroke), 'backwards')
    return { document, deltas: kept.map(decode), position: journal.position - before, applied: journal.saved - before }
  } catch (cause) {
    throw unopenedStrokes(facts, cause)
  }
}
