import type { MaskObjects } from '../../../shared/raster/maskObjects'
import { VOID } from '../../../shared/raster/palette'
import { forEachRun } from '../../../shared/raster/region'
import type { Size } from '../../../shared/raster/size'
import { shapeValue } from '../shape'
import type { LabelmeShape } from './labelmeSchema'
import { labelmeShape } from './labelmeShapes'
import { writeShapes, type ShapeRules, type WrittenShape } from './writeShapes'

interface MaskToWrite extends Size, Pick<MaskObjects, 'objects' | 'ids'> {
  /** `[height, width]` */
  readonly labels: Uint8Array
}

interface MergeRules extends ShapeRules {
  readonly classes: readonly string[]
  readonly withVoid: boolean
}

/** Of how much a new object and the shape it was must agree (IoU) so that it keeps the shape's keys. */
const SAME_OBJECT = 0.5

/**
 * The mask as shapes, of those that it came as what nobody changed: these are written word for word, also those without
 * pixels (points, lines). An object that was changed is written anew over them, with the keys of the shape that it was.
 * Drawn in their order the shapes give the mask.
 *
 * @param before in the order in which they were drawn
 */
export function mergeShapes(
  before: readonly LabelmeShape[],
  mask: MaskToWrite,
  rules: MergeRules,
): readonly WrittenShape[] {
  if (before.length === 0) return writeShapes(mask, mask, rules).map(({ shape }) => shape)
  const layers = before.map(shape => layerOf(shape, mask, rules))
  const kept = new Set(layers.keys())
  for (const [place, { value }] of layers.entries()) if (value === VOID && !rules.withVoid) kept.delete(place)
  const original = ownersOf(layers, new Set(layers.keys()), mask)
  const changed = settle(layers, kept, mask, rules)
  const written = writeShapes({ ...mask, objects: mask.objects.filter(({ id }) => changed.has(id)) }, mask, rules)
  const inherited = inheritance(layers, kept, original, mask, changed)
  return [
    ...before.filter((_, place) => kept.has(place)),
    ...written.map(({ id, shape }) => withKeys(shape, before[inherited.get(id) ?? -1])),
  ]
}

/** A shape on the photo. */
interface Layer {
  /** Of its pixels. */
  readonly value: number
  /** Row, first column, column after the last; none for a shape without pixels. */
  readonly runs: Int32Array
}

function layerOf(given: LabelmeShape, { width, height }: Size, { classes }: MergeRules): Layer {
  const shape = labelmeShape(given)
  if (shape === undefined) return { value: 0, runs: new Int32Array(0) }
  return { value: shapeValue(shape, classes), runs: shape.region({ width, height }).runs }
}

/** `[height, width]`: place + 1 of the layer that is seen, 0 for none. */
function ownersOf(layers: readonly Layer[], kept: ReadonlySet<number>, { width, height }: Size): Int32Array {
  const owners = new Int32Array(width * height)
  for (const [place, layer] of layers.entries())
    if (kept.has(place)) forEachRun(layer, (y, x0, x1) => owners.fill(place + 1, y * width + x0, y * width + x1))
  return owners
}

/**
 * Takes layers away until those that stay, with the changed objects over them, give the mask. @param kept is shortened
 * @returns ids of the changed objects
 */
function settle(
  layers: readonly Layer[],
  kept: Set<number>,
  mask: MaskToWrite,
  { withVoid }: MergeRules,
): ReadonlySet<number> {
  const changed = new Set<number>()
  for (;;) {
    const owners = ownersOf(layers, kept, mask)
    const valueAt = (i: number) => (owners[i] === 0 ? 0 : layers[owners[i]! - 1]!.value)
    const wrong = new Set<number>()
    for (let i = 0; i < owners.length; i++) {
      const label = mask.labels[i] === VOID && !withVoid ? 0 : mask.labels[i]!
      if (label === valueAt(i)) continue
      if (mask.ids[i]! > 0) changed.add(mask.ids[i]!)
      else wrong.add(owners[i]! - 1)
    }
    // A changed object is written as a whole: what of it the layers say of its kind would be said twice.
    for (let i = 0; i < owners.length; i++)
      if (owners[i]! > 0 && changed.has(mask.ids[i]!) && valueAt(i) === mask.labels[i]) wrong.add(owners[i]! - 1)
    const before = kept.size
    for (const place of wrong) kept.delete(place)
    if (kept.size === before) return changed
  }
}

/** By id of a changed object: place of the shape that it was. */
function inheritance(
  layers: readonly Layer[],
  kept: ReadonlySet<number>,
  original: Int32Array,
  { ids, objects }: MaskToWrite,
  changed: ReadonlySet<number>,
): ReadonlyMap<number, number> {
  const [seen, shared] = [new Map<number, number>(), new Map<string, number>()]
  const add = <Key>(counts: Map<Key, number>, key: Key) => counts.set(key, (counts.get(key) ?? 0) + 1)
  for (let i = 0; i < ids.length; i++) {
    const place = original[i]! - 1
    if (place < 0 || kept.has(place)) continue
    add(seen, place)
    if (changed.has(ids[i]!)) add(shared, `${ids[i]} ${place}`)
  }
  const heirs = new Map<number, number>()
  for (const { id, label, area } of objects.filter(object => changed.has(object.id)))
    for (const [place, total] of seen) {
      const common = shared.get(`${id} ${place}`) ?? 0
      // Above a half there is one such shape for an object, and one such object for a shape.
      if (layers[place]!.value === label && common > SAME_OBJECT * (area + total - common)) heirs.set(id, place)
    }
  return heirs
}

/** The new shape with all else that was said of the old one. */
function withKeys(shape: WrittenShape, old: LabelmeShape | undefined): WrittenShape {
  if (old === undefined) return shape
  const { points, shape_type, mask } = shape
  return { ...shape, ...old, points, shape_type, mask }
}
