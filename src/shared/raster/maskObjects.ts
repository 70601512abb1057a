import { connectedComponents } from './connectedComponents'
import { VOID } from './palette'
import { forEachRun } from './region'
import type { Size } from './size'

/** How a mask's classes become objects. */
export interface ObjectRules {
  /** `part`: every connected part is one; `class`: all pixels of a class are one. */
  readonly objects: 'part' | 'class'
  /** Parts that touch at a corner only are one. */
  readonly diagonal: boolean
  /** Smaller ones are left out, pixels. */
  readonly minimumArea: number
}

/** An object of a mask, as annotations describe it. */
export interface MaskObject {
  /** Its pixels' value among the ids, from 1. */
  readonly id: number
  /** 1 … C */
  readonly label: number
  /** Pixels. */
  readonly area: number
  /** Left, top, width, height in pixels. */
  readonly box: readonly [x: number, y: number, width: number, height: number]
}

/** What the objects do not say of their mask. */
export interface LostPixels {
  /** Objects that were too small. */
  readonly leftOut: number
  /** Void pixels, where void is no object. */
  readonly voidPixels: number
}

export interface MaskObjects extends LostPixels {
  /** In the order of their ids. */
  readonly objects: readonly MaskObject[]
  /** `[height, width]`: whose pixel it is; 0: nobody's. */
  readonly ids: Int32Array
}

/**
 * The objects of a label map: its background is none, and void is only where asked for.
 * @param labels `[height, width]`
 */
export function maskObjects(labels: Uint8Array, size: Size, rules: ObjectRules, withVoid = false): MaskObjects {
  const isWanted = (label: number) => label > 0 && (withVoid || label < VOID)
  const ids = new Int32Array(labels.length)
  const objects = (rules.objects === 'class' ? paintClasses : paintParts)(labels, size, rules, ids, isWanted)
  const large = objects.filter(({ area }) => area >= rules.minimumArea)
  if (large.length < objects.length) keepOnly(ids, new Set(large.map(({ id }) => id)))
  const voidPixels = withVoid ? 0 : countOf(labels, VOID)
  return { objects: large, ids, leftOut: objects.length - large.length, voidPixels }
}

function countOf(labels: Uint8Array, wanted: number): number {
  let count = 0
  for (let i = 0; i < labels.length; i++) if (labels[i] === wanted) count++
  return count
}

type Paint = (
  labels: Uint8Array,
  size: Size,
  rules: ObjectRules,
  ids: Int32Array,
  isWanted: (label: number) => boolean,
) => MaskObject[]

/** One id a connected part, in the order of their first pixels. */
const paintParts: Paint = (labels, size, { diagonal }, ids, isWanted) =>
  connectedComponents(labels, size, diagonal, isWanted).map(({ label, region, pixels, bounds }, place) => {
    forEachRun(region, (y, x0, x1) => ids.fill(place + 1, y * size.width + x0, y * size.width + x1))
    const { x0, y0, x1, y1 } = bounds
    return { id: place + 1, label, area: pixels, box: [x0, y0, x1 - x0, y1 - y0] }
  })

/** The label is the id. */
const paintClasses: Paint = (labels, { width }, _, ids, isWanted) => {
  const found = new Map<number, { area: number; x0: number; y0: number; x1: number; y1: number }>()
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!
    if (!isWanted(label)) continue
    ids[i] = label
    const [x, y] = [i % width, Math.floor(i / width)]
    const seen = found.get(label)
    if (seen === undefined) found.set(label, { area: 1, x0: x, y0: y, x1: x + 1, y1: y + 1 })
    else {
      seen.area++
      seen.x0 = Math.min(seen.x0, x)
      seen.x1 = Math.max(seen.x1, x + 1)
      seen.y1 = y + 1
    }
  }
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([label, { area, x0, y0, x1, y1 }]) => ({ id: label, label, area, box: [x0, y0, x1 - x0, y1 - y0] }))
}

function keepOnly(ids: Int32Array, kept: ReadonlySet<number>): void {
  for (let i = 0; i < ids.length; i++) if (ids[i]! > 0 && !kept.has(ids[i]!)) ids[i] = 0
}
