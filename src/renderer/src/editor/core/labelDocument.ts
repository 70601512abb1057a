import { WorkbenchError } from '../../../../shared/errors'
import type { Rectangle } from '../../../../shared/geometry/rectangle'
import { encodeDelta, forEachDeltaRun, type LabelDelta } from '../../../../shared/raster/labelDelta'
import { TILE_SIDE, tileColumns, tileCount, tileRectangle, type LabelArray } from '../../../../shared/raster/labelTiles'
import { emptyRegion, filterRegion, type Region } from '../../../../shared/raster/region'
import { describeSize, type Size } from '../../../../shared/raster/size'
import { LabelLocks } from './labelLocks'
import { TouchedTiles } from './touchedTiles'

/** A tile that changed: where it lies, for the renderer to upload. */
export interface ChangedTile extends Rectangle {
  readonly index: number
}

/**
 * One photo's label map while it is edited: 0 background, 1 … C classes, and void. Whatever is painted between
 * `beginStroke` and `commit` is one delta; `cancel` takes it back. Costs follow the pixels touched, not the photo.
 */
export class LabelDocument {
  readonly size: Size
  /** `[height * width]`. To be read by all and written by the document alone. */
  readonly labels: LabelArray
  readonly voidLabel: number
  readonly locks: LabelLocks
  /** `[tiles]`: the document's version when the tile last changed. */
  readonly #tileVersions: Uint32Array
  #version = 1
  #stroke: TouchedTiles | undefined

  /** @param labels is taken over, not copied @throws SHAPE_MISMATCH */
  constructor(size: Size, labels: LabelArray) {
    if (labels.length !== size.width * size.height)
      throw new WorkbenchError('SHAPE_MISMATCH', `${labels.length} labels are no map of ${describeSize(size)} pixels`)
    this.size = size
    this.labels = labels
    this.voidLabel = labels.BYTES_PER_ELEMENT === 1 ? 255 : 65_535
    this.locks = new LabelLocks(this.voidLabel + 1)
    this.#tileVersions = new Uint32Array(tileCount(size)).fill(1)
  }

  /** Rises with every change of a pixel. */
  get version(): number {
    return this.#version
  }

  get isStroking(): boolean {
    return this.#stroke !== undefined
  }

  /** Tiles that changed after `version`; 0: all of them. A renderer keeps the version that it last drew. */
  tilesChangedSince(version: number): ChangedTile[] {
    const changed: ChangedTile[] = []
    for (let index = 0; index < this.#tileVersions.length; index++)
      if (this.#tileVersions[index]! > version) changed.push({ index, ...tileRectangle(index, this.size) })
    return changed
  }

  /** The label of the pixel that covers (x, y); undefined outside the photo. */
  labelAt(x: number, y: number): number | undefined {
    const { width, height } = this.size
    const [column, row] = [Math.floor(x), Math.floor(y)]
    return column < 0 || row < 0 || column >= width || row >= height ? undefined : this.labels[row * width + column]
  }

  /** @throws INTERNAL where a stroke is open: two cannot be told apart afterwards */
  beginStroke(): void {
    if (this.#stroke) throw new WorkbenchError('INTERNAL', 'a stroke began before the last one had ended')
    this.#stroke = new TouchedTiles(this.labels, this.size)
  }

  /** Gives the region's pixels this label, but for those whose label is locked; none where `label` itself is. */
  paint({ runs }: Region, label: number): void {
    const stroke = this.#openStroke()
    if (runs.length === 0 || this.locks.has(label)) return
    const locked = this.locks.table
    const { labels } = this
    const { width } = this.size
    const columns = tileColumns(this.size)
    this.#version++
    for (let i = 0; i < runs.length; i += 3) {
      const y = runs[i]!
      const end = runs[i + 2]!
      const tileRow = Math.floor(y / TILE_SIDE) * columns
      for (let x = runs[i + 1]!; x < end;) {
        const column = Math.floor(x / TILE_SIDE)
        const stop = Math.min(end, (column + 1) * TILE_SIDE)
        stroke.touch(tileRow + column, y)
        this.#tileVersions[tileRow + column] = this.#version
        for (let at = y * width + x; at < y * width + stop; at++) if (locked[labels[at]!] === 0) labels[at] = label
        x = stop
      }
    }
  }

  /** The pixels of a region that `paint` would give this label: what a preview shows. */
  paintable(region: Region, label: number): Region {
    if (this.locks.has(label)) return emptyRegion
    if (this.locks.isEmpty) return region
    const locked = this.locks.table
    const { labels, size } = this
    return filterRegion(region, (x, y) => locked[labels[y * size.width + x]!] === 0)
  }

  /** Ends the stroke. @param name the tool's or operation's id @returns undefined where no pixel has changed */
  commit(name: string): LabelDelta | undefined {
    const delta = encodeDelta(name, this.labels, this.size, this.#openStroke().tiles())
    this.#stroke = undefined
    return delta
  }

  /** Takes back what was painted since the stroke began. Nothing to do where none is open. */
  cancel(): void {
    if (!this.#stroke) return
    this.#version++
    for (const index of this.#stroke.restore()) this.#tileVersions[index] = this.#version
    this.#stroke = undefined
  }

  /**
   * Applies a delta forwards, or backwards to take it back. All of it is compared first: one that was drawn on another
   * map changes nothing.
   * @param name what error sentences call it @throws SHAPE_MISMATCH, CONFLICT
   */
  apply(delta: LabelDelta, direction: 'forwards' | 'backwards', name = `"${delta.name}"`): void {
    this.#assertFits(delta, direction, name)
    this.replay(delta, direction)
  }

  /** As `apply`, of a delta that is known to fit: this document's own, or one that was applied before. */
  replay(delta: LabelDelta, direction: 'forwards' | 'backwards'): void {
    if (this.#stroke) throw new WorkbenchError('INTERNAL', `"${delta.name}" was applied while a stroke was drawn`)
    const { labels } = this
    const forwards = direction === 'forwards'
    this.#version++
    for (const { index } of delta.tiles) this.#tileVersions[index] = this.#version
    forEachDeltaRun(delta, (start, end, before, after) => labels.fill(forwards ? after : before, start, end))
  }

  #assertFits(delta: LabelDelta, direction: 'forwards' | 'backwards', name: string): void {
    const { labels, size } = this
    if (delta.size.width !== size.width || delta.size.height !== size.height)
      throw new WorkbenchError(
        'SHAPE_MISMATCH',
        `${name} was drawn on ${describeSize(delta.size)} pixels; this mask has ${describeSize(size)}.`,
      )
    forEachDeltaRun(delta, (start, end, before, after) => {
      const expected = direction === 'forwards' ? before : after
      for (let at = start; at < end; at++)
        if (labels[at] !== expected) throw foreignDelta(name, at, size, expected, labels[at]!)
    })
  }

  #openStroke(): TouchedTiles {
    if (!this.#stroke) throw new WorkbenchError('INTERNAL', 'painting needs a stroke that has begun')
    return this.#stroke
  }
}

function foreignDelta(name: string, at: number, { width }: Size, expected: number, found: number): WorkbenchError {
  const place = `(${at % width}, ${Math.floor(at / width)})`
  return new WorkbenchError(
    'CONFLICT',
    `${name} was drawn on another version of this mask: it expects label ${expected} at ${place}, which is ${found}.`,
  )
}
