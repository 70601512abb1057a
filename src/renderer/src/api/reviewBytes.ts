import type { ReviewDecision, ReviewMask, ReviewSource } from '../../../shared/contract/review'
import { decodeStrokes, type StoredStroke, type StrokeJournal } from '../../../shared/contract/strokeJournal'
import { errorCodes, WorkbenchError, type ErrorCode } from '../../../shared/errors'
import { seedsTexts } from '../texts/seeds'
import { tellSaving } from './savingLink'

/** Whose mask is meant. */
export interface ReviewedPhoto {
  readonly project: string
  readonly image: number
  readonly source: ReviewSource | null
}

/** What this window has seen of the mask: another window's work since is a CONFLICT. */
export interface SeenMask {
  readonly version: number
  readonly revision: number
}

/** What stands after a change. */
export interface StandingMask {
  readonly mask: ReviewMask
  readonly journal: StrokeJournal
}

/** The strokes that are kept of a photo, in their order. */
export async function fetchStrokes({ project, image }: ReviewedPhoto): Promise<readonly StoredStroke[]> {
  const response = await request(`/bytes/${project}/photos/${image}/strokes`, {})
  return decodeStrokes(new Uint8Array(await response.arrayBuffer()))
}

/** Stores one stroke more. @throws CONFLICT */
export async function sendStroke(photo: ReviewedPhoto, seen: SeenMask, delta: Uint8Array): Promise<StandingMask> {
  return sent(address(photo, 'strokes', seen), { body: new Uint8Array(delta) })
}

/**
 * Stores a whole label map as the photo's next version, with what a person said of it.
 * @param labels  `[height * width]`
 * @param restart the map is not what the strokes lead to: they go
 * @throws CONFLICT
 */
export async function sendMask(
  photo: ReviewedPhoto,
  seen: SeenMask,
  labels: Uint8Array,
  { decision, restart }: { readonly decision?: ReviewDecision | undefined; readonly restart?: boolean },
): Promise<StandingMask> {
  const more = { ...(decision === undefined ? {} : { decision }), ...(restart === true ? { restart: '1' } : {}) }
  const body = await packed(labels)
  const headers = { 'Content-Encoding': 'gzip' }
  return sent(address(photo, 'mask', seen, more), { headers, body })
}

function address(
  { project, image, source }: ReviewedPhoto,
  what: 'strokes' | 'mask',
  { version, revision }: SeenMask,
  more: Readonly<Record<string, string>> = {},
): string {
  const ofSource = source === null ? {} : { run: String(source.run), step: source.step }
  const query = new URLSearchParams({ version: String(version), revision: String(revision), ...ofSource, ...more })
  return `/bytes/${project}/photos/${image}/${what}?${query.toString()}`
}

/** Label maps are areas of one value: a hundredth is left of most. */
async function packed(labels: Uint8Array): Promise<ArrayBuffer> {
  const stream = new Blob([new Uint8Array(labels)]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Response(stream).arrayBuffer()
}

/** Stores what a person drew; the window shows how that is doing. */
async function sent(url: string, init: RequestInit): Promise<StandingMask> {
  const response = await tellSaving(request(url, { ...init, method: 'PUT' }))
  return (await response.json()) as StandingMask
}

/** @throws what the server says, by its code; INTERNAL where it does not answer */
async function request(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init).catch((cause: unknown) => {
    throw new WorkbenchError('INTERNAL', seedsTexts.noAnswer, { cause })
  })
  if (response.ok) return response
  const text = await response.text()
  const { code, message } = errorIn(text)
  throw new WorkbenchError(code, message)
}

/** The server's error; of an answer that is none of its own, the text. */
function errorIn(text: string): { readonly code: ErrorCode; readonly message: string } {
  try {
    const { code, message } = JSON.parse(text) as { readonly code?: unknown; readonly message?: unknown }
    const known = errorCodes.find(one => one === code)
    if (known !== undefined && typeof message === 'string') return { code: known, message }
  } catch {
    // No JSON: the sentence itself.
  }
  return { code: 'INTERNAL', message: text }
}
