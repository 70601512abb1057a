import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { expect, test } from 'vitest'
import { maskObjects } from '../../../shared/raster/maskObjects'
import { drawShapes } from '../shape'
import { labelmeFile, type LabelmeShape } from './labelmeSchema'
import { labelmeShape } from './labelmeShapes'
import { mergeShapes } from './mergeShapes'

const size = { width: 24, height: 18 }
const classes = ['cat', 'dog']
const rules = { objects: 'part', diagonal: true, minimumArea: 1, shapes: 'polygon', classes, withVoid: true } as const

/** A rectangle with keys that labelme knows, and one that it does not. */
function box(label: string, x0: number, y0: number, x1: number, y1: number, keys: object = {}): LabelmeShape {
  const corners = { points: [[x0, y0], [x1, y1]], shape_type: 'rectangle' } // prettier-ignore
  return parsed([{ label, ...corners, flags: { blurred: true }, group_id: 7, ...keys }])[0]!
}

function parsed(shapes: readonly object[]): readonly LabelmeShape[] {
  return labelmeFile.parse({ imagePath: 'a.jpg', shapes }).shapes
}

function drawn(shapes: readonly object[]): Uint8Array {
  return drawShapes(
    parsed(shapes).flatMap(shape => labelmeShape(shape) ?? []),
    classes,
    size,
  ).labels
}

function merged(before: readonly LabelmeShape[], labels: Uint8Array, withVoid = true) {
  const found = maskObjects(labels, size, rules, withVoid)
  return mergeShapes(before, { ...size, ...found, labels }, { ...rules, withVoid })
}

/** Overlapping shapes of all kinds: classes, one that is not in the project, void, background, points without pixels. */
function randomShapes(seed: number): {
  readonly shapes: readonly LabelmeShape[]
  readonly below: (n: number) => number
} {
  const random = xoroshiro128plus(seed)
  const below = (limit: number) => uniformInt(random, 0, limit - 1)
  const kinds = ['rectangle', 'rectangle', 'polygon', 'circle', 'point']
  const shapes = Array.from({ length: 2 + below(7) }, (_, i) => {
    const label = ['cat', ' dog', 'chair', '__ignore__', '_background_'][below(5)]!
    const point = () => [below(24) + below(4) / 4, below(18)]
    const shape_type = kinds[below(kinds.length)]!
    const points = Array.from({ length: shape_type === 'polygon' ? 5 : 2 }, point)
    return { label, points, shape_type, group_id: below(3) || null, [`key ${i}`]: { nested: [seed, null] } }
  })
  return { shapes: parsed(shapes), below }
}

test.each(Array.from({ length: 40 }, (_, seed) => seed))(
  'shapes %i that nobody changed come back as they were',
  seed => {
    const { shapes } = randomShapes(seed)
    expect(merged(shapes, drawn(shapes))).toEqual(shapes)
  },
)

test.each(Array.from({ length: 40 }, (_, seed) => seed))('shapes %i that were painted over draw the new mask', seed => {
  const { shapes, below } = randomShapes(seed)
  const labels = drawn(shapes)
  for (let n = 0; n < 1 + below(3); n++) {
    const [x, y, value] = [below(20), below(15), [0, 1, 2, 255][below(4)]!]
    for (let row = y; row < y + 3; row++) labels.fill(value, row * 24 + x, row * 24 + x + 4)
  }
  expect(drawn(merged(shapes, labels))).toEqual(labels)
  const withoutVoid = labels.map(label => (label === 255 ? 0 : label))
  expect(drawn(merged(shapes, labels, false))).toEqual(withoutVoid)
})

test('an object that was changed is written anew with its keys, and its neighbours stay', () => {
  const before = [box('cat', 1, 1, 9, 9, { mine: 'cat' }), box('dog', 12, 1, 20, 9, { mine: 'dog' })]
  const labels = drawn(before)
  labels.fill(1, 9 * 24 + 1, 9 * 24 + 9) // a row more of cat
  const [dog, cat] = merged(before, labels)
  expect(dog).toEqual(before[1])
  expect(cat).toMatchObject({ label: 'cat', shape_type: 'polygon', mine: 'cat', group_id: 7, flags: { blurred: true } })
  expect(cat?.['points']).toEqual([[9, 1], [9, 10], [1, 10], [1, 1]]) // prettier-ignore
})

test('what was painted new has no keys of others, and what was erased is gone', () => {
  const before = [box('cat', 1, 1, 9, 9), box('dog', 12, 1, 20, 9)]
  const labels = drawn([before[0]!])
  labels.fill(2, 15 * 24 + 2, 15 * 24 + 6)
  const [cat, dog] = merged(before, labels)
  expect(cat).toEqual(before[0])
  expect(dog).toMatchObject({ label: 'dog', group_id: null, flags: {} })
})
