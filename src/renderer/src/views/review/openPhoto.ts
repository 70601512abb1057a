import type { ReviewPhoto } from '../../../../shared/contract/review'
import type { StoredStroke } from '../../../../shared/contract/strokeJournal'
import { WorkbenchError } from '../../../../shared/errors'
import { decodeDelta } from '../../../../shared/raster/labelDelta'
import { api } from '../../api/client'
import { blobUrl } from '../../api/photoBytes'
import { fetchStrokes, type ReviewedPhoto } from '../../api/reviewBytes'
import { labelImage } from '../../composables/useLabelImage'
import { LabelDocument } from '../../editor/core/labelDocument'
import type { usePhotoBytesStore } from '../../stores/photoBytes'
import { reviewTexts } from '../../texts/review'
import { seedsTexts } from '../../texts/seeds'

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

/** @throws FILE_UNREADABLE: a damaged mask is never shown as an empty one, which would then be saved over it */
async function savedLabels(project: string, { layers: { image } }: ReviewPhoto, blob: string): Promise<Uint8Array> {
  const read = await labelImage(blobUrl(project, blob)).catch((cause: unknown) => {
    throw new WorkbenchError('FILE_UNREADABLE', reviewTexts.damagedMask(image.stem), { cause })
  })
  if (read.width !== image.width || read.height !== image.height)
    throw new WorkbenchError('SHAPE_MISMATCH', reviewTexts.otherMask(image.stem, read, image))
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
 * @throws where a stroke is damaged or does not fit the mask, naming it
 */
function rebuildMask(
  { journal, layers }: ReviewPhoto,
  labels: Uint8Array,
  strokes: readonly StoredStroke[],
): RebuiltMask {
  const { stem, width, height } = layers.image
  const document = new LabelDocument({ width, height }, labels.slice())
  const decode = ({ delta, place }: StoredStroke) => decodeDelta(delta, reviewTexts.strokeName(place, stem))
  const rewound = strokes.filter(({ rewind }) => rewind).toSorted((a, b) => b.place - a.place)
  for (const stroke of rewound) document.apply(decode(stroke), 'backwards')
  const kept = strokes.filter(({ rewind }) => !rewind).toSorted((a, b) => a.place - b.place)
  const before = journal.first - 1
  return { document, deltas: kept.map(decode), position: journal.position - before, applied: journal.saved - before }
}
