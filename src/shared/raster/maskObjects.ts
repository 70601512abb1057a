import { encodeCocoCounts } from './cocoCounts'
import { cocoRegions } from './cocoRuns'
import { traceOutlines, type Ring } from './contours'
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
  /** 1 … C */
  readonly label: number
  /** Pixels. */
  readonly area: number
  /** Left, top, width, height in pixels. */
  readonly box: readonly [x: number, y: number, width: number, height: number]
  /** COCO's compressed run lengths. */
  readonly counts: string
  /** Lines round it and round its holes, along the edges of pixels; left out unless asked for. */
  readonly outer?: readonly Ring[]
  readonly holes?: readonly Ring[]
}

export interface MaskObjects {
  /** In the order of their first pixels. */
  readonly objects: readonly MaskObject[]
  /** Objects that were too small. */
  readonly leftOut: number
}

/** The objects of a label map; background and void are none. @param outlines whether their lines are wanted, too */
export function maskObjects(labels: Uint8Array, size: Size, rules: ObjectRules, outlines: boolean): MaskObjects {
  const { ids, labels: labelOf } = objectIds(labels, size, rules)
  const lines = outlines ? traceOutlines(ids, size, rules.diagonal) : undefined
  const regions = [...cocoRegions(ids, size)].sort(([a], [b]) => a - b)
  const large = regions.filter(([, { area }]) => area >= rules.minimumArea)
  const objects = large.map(([id, { counts, area, box }]): MaskObject => ({
    label: labelOf[id - 1]!,
    area,
    box,
    counts: encodeCocoCounts(counts),
    ...lines?.get(id),
  }))
  return { objects, leftOut: regions.length - large.length }
}

/** One id an object, from 1; `[height * width]`, 0 where there is none. */
export function objectIds(labels: Uint8Array, size: Size, { objects, diagonal }: ObjectRules) {
  if (objects === 'class') {
    const ids = Int32Array.from(labels, label => (isClass(label) ? label : 0))
    return { ids, labels: Array.from({ length: VOID - 1 }, (_, i) => i + 1) }
  }
  const ids = new Int32Array(labels.length)
  const parts = connectedComponents(labels, size, diagonal, isClass)
  for (const [place, { region }] of parts.entries())
    forEachRun(region, (y, x0, x1) => ids.fill(place + 1, y * size.width + x0, y * size.width + x1))
  return { ids, labels: parts.map(({ label }) => label) }
}

function isClass(label: number): boolean {
  return label > 0 && label < VOID
}
