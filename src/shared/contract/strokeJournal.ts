/**
 * The strokes of one photo that are kept for undo and for a restart, and how they stand to the saved label map.
 *
 * Strokes have places 1, 2, 3 … A new one takes the place after `position`, and those that were undone there go. To
 * rebuild the mask: read the label map (`ReviewMask.blob`), take back the strokes that came with `rewind` (highest place
 * first), which leaves the mask of place `saved`; then apply or take back the others from there to `position`.
 */
export interface StrokeJournal {
  /** Counts every change of the journal: a window that sends another number has not seen all strokes. */
  readonly revision: number
  /** How many strokes are applied, counted from the photo's first: the place of the last of them. */
  readonly position: number
  /** The place at which the label map was saved, or where its strokes were left by new ones. */
  readonly saved: number
  /** The first and the last place that can be gone to by undo and redo are `first − 1` and `last`. */
  readonly first: number
  readonly last: number
  /** Bytes of all strokes: 0 means there is nothing to fetch. */
  readonly bytes: number
}

/** One stroke as it travels: its bytes are the editor's business. */
export interface StoredStroke {
  readonly place: number
  /** It was painted over: it is only taken back from the saved label map, never made again. */
  readonly rewind: boolean
  readonly delta: Uint8Array
}

/** Strokes of a photo that are kept once a label map holds them; more that no map holds yet are all kept. */
export const keptStrokes = 1_000
/** Bytes that one stroke may have: a whole photo of 64 megapixels repainted, compressed. */
export const largestStroke = 16 * 2 ** 20
const headerBytes = 12

/** Strokes one after the other: place u32, rewind u32 (0 or 1), length u32, all little-endian, then the bytes. */
export function encodeStrokes(strokes: readonly StoredStroke[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(strokes.reduce((sum, { delta }) => sum + headerBytes + delta.length, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const { place, rewind, delta } of strokes) {
    view.setUint32(at, place, true)
    view.setUint32(at + 4, rewind ? 1 : 0, true)
    view.setUint32(at + 8, delta.length, true)
    bytes.set(delta, at + headerBytes)
    at += headerBytes + delta.length
  }
  return bytes
}

/** @throws RangeError where the bytes end inside a stroke */
export function decodeStrokes(bytes: Uint8Array): StoredStroke[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const strokes: StoredStroke[] = []
  for (let at = 0; at < bytes.length;) {
    const length = view.getUint32(at + 8, true)
    const end = at + headerBytes + length
    if (end > bytes.length)
      throw new RangeError(`the stroke at byte ${at} needs ${end} bytes, there are ${bytes.length}`)
    const delta = bytes.subarray(at + headerBytes, end)
    strokes.push({ place: view.getUint32(at, true), rewind: view.getUint32(at + 4, true) === 1, delta })
    at = end
  }
  return strokes
}
