import { constantFrom, double, integer, oneof, tuple, uniqueArray, string, array, assert, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boxRegion, rowRunsTest } from '../src/main/annotations/boxRegion'
import { labelmeFile } from '../src/main/annotations/labelme/labelmeSchema'
import { labelmeShape } from '../src/main/annotations/labelme/labelmeShapes'
import { writeShapes } from '../src/main/annotations/labelme/writeShapes'
import { drawShapes } from '../src/main/annotations/shape'
import { parseRows } from '../src/main/annotations/yolo/parseRows'
import { writeRows } from '../src/main/annotations/yolo/writeRows'
import { parseLabelTable } from '../src/main/datasets/importing/labelTable/labelTable'
import { decodeBrush } from '../src/main/datasets/labelStudio/brushRle'
import { encodeGreyPng, encodeRgbPng } from '../src/main/media/indexedPng'
import { decodeLabelPng, encodeLabelPng } from '../src/main/media/labelPng'
import { encodeNpyDict, parseNpyDict } from '../src/main/weights/npy'
import { decodeCocoCounts, encodeCocoCounts } from '../src/shared/raster/cocoCounts'
import { cocoRegions, paintCocoRuns } from '../src/shared/raster/cocoRuns'
import { cornersOf, traceOutlines } from '../src/shared/raster/contours'
import { maskObjects } from '../src/shared/raster/maskObjects'
import { polygonRegion } from '../src/shared/raster/polygonRegion'
import { vocPalette } from '../src/shared/raster/palette'
import { forEachRun, type Region } from '../src/shared/raster/region'
import type { Size } from '../src/shared/raster/size'
import { csvText } from '../src/shared/tables/textTable'
import { encodeBrush } from './helpers/encodeBrush'
import { anyLabelMap, anyMask } from './helpers/anyLabelMap'

const VOID = 255
const classes = ['cat', 'dog', 'cow']

function paint(labels: Uint8Array, { width }: Size, region: Region, value: number): void {
  forEachRun(region, (y, x0, x1) => labels.fill(value, y * width + x0, y * width + x1))
}

const withoutVoid = (labels: Uint8Array) => labels.map(label => (label === VOID ? 0 : label))
const diagonals = constantFrom(true, false)

describe('masks of any kind come back from', () => {
  test('COCO’s run lengths, compressed or not', () => {
    assert(
      property(anyLabelMap(), ({ labels, ...size }) => {
        const [fromText, fromCounts] = [new Uint8Array(labels.length), new Uint8Array(labels.length)]
        for (const [value, { counts }] of cocoRegions(labels, size)) {
          paintCocoRuns(fromText, size, decodeCocoCounts(encodeCocoCounts(counts)), value)
          paintCocoRuns(fromCounts, size, counts, value)
        }
        expect(fromText).toEqual(labels)
        expect(fromCounts).toEqual(labels)
      }),
    )
  })

  test('outlines with holes, by the even-odd rule', () => {
    assert(
      property(anyLabelMap(), diagonals, ({ labels, ...size }, diagonal) => {
        const drawn = new Uint8Array(labels.length)
        for (const [value, { outer, holes }] of traceOutlines(labels, size, diagonal))
          paint(drawn, size, polygonRegion([...outer, ...holes].map(cornersOf), size), value)
        expect(drawn).toEqual(labels)
      }),
    )
  })

  test('labelme’s shapes, void too', () => {
    assert(
      property(anyLabelMap(), diagonals, constantFrom('polygon', 'mask'), ({ labels, ...size }, diagonal, shapes) => {
        const rules = { objects: 'part', diagonal, minimumArea: 1, shapes } as const
        const found = maskObjects(labels, size, rules, true)
        const written = writeShapes(found, size, { ...rules, classes })
        const read = written.map(({ shape }) => labelmeShape(labelmeFile.shape.shapes.element.parse(shape))!)
        expect(drawShapes(read, classes, size).labels).toEqual(labels)
      }),
    )
  })

  test('YOLO’s rows, whose bridges reach every hole and part', () => {
    assert(
      property(anyLabelMap(), constantFrom('part', 'class'), diagonals, ({ labels, ...size }, objects, diagonal) => {
        const rules = { objects, diagonal, minimumArea: 1 }
        const found = maskObjects(labels, size, rules)
        const outlines = traceOutlines(found.ids, size, diagonal)
        const outlined = found.objects.map(({ id, label }) => ({ label, ...outlines.get(id)! }))
        const read = parseRows(writeRows(outlined, size, true), classes)
        expect(drawShapes(read, classes, size).labels).toEqual(withoutVoid(labels))
      }),
    )
  })

  test('CVAT’s runs, row by row in a box anywhere, as far as the photo goes', () => {
    const corner = integer({ min: -4, max: 12 })
    assert(
      property(anyMask(), corner, corner, ({ mask, ...size }, left, top) => {
        const photo = { width: 14, height: 13 }
        const drawn = new Uint8Array(photo.width * photo.height)
        const box = { left, top, ...size }
        paint(drawn, photo, boxRegion(box, photo, rowRunsTest(rowRuns(mask), box, photo)), 1)
        const expected = drawn.map((_, at) => {
          const [x, y] = [(at % photo.width) - left, Math.floor(at / photo.width) - top]
          return x >= 0 && y >= 0 && x < size.width && y < size.height ? mask[y * size.width + x]! : 0
        })
        expect(drawn).toEqual(expected)
      }),
    )
  })

  test('Label Studio’s bits, with runs and words of any size', () => {
    const bits = integer({ min: 1, max: 16 })
    assert(
      property(anyMask(), tuple(bits, bits, bits, bits), integer({ min: 1, max: 16 }), ({ mask }, sizes, wordSize) => {
        expect(decodeBrush(encodeBrush(mask, { sizes, wordSize }), mask.length)).toEqual(mask)
      }),
    )
  })

  test('PNG, by indices, greys and VOC’s colours', () => {
    const palette = vocPalette()
    assert(
      property(anyLabelMap(), ({ labels, ...size }) => {
        const colours = Uint8Array.from(labels.length === 0 ? [] : [...labels].flatMap(label => [...palette.subarray(3 * label, 3 * label + 3)])) // prettier-ignore
        const map = { labels, ...size }
        for (const png of [encodeLabelPng(map), encodeGreyPng(size, labels), encodeRgbPng(size, colours)])
          expect(decodeLabelPng(png, 'png')).toEqual(map)
      }),
    )
  })
})

/** Zeros first. */
function rowRuns(mask: Uint8Array): number[] {
  const counts = [0]
  for (const [at, value] of mask.entries()) {
    if (value !== (at === 0 ? 0 : mask[at - 1])) counts.push(0)
    counts[counts.length - 1]!++
  }
  return counts
}

describe('arrays and labels of any kind come back from', () => {
  const floats = array(double({ noNaN: true }), { maxLength: 6 })

  test('NumPy’s dictionaries, under names and under numbers', () => {
    const keys = oneof(
      uniqueArray(string({ unit: constantFrom(...'a0_ é☃𝄞"'), minLength: 1, maxLength: 8 }), { maxLength: 4 }),
      uniqueArray(integer({ min: 0, max: 2 ** 52 }), { maxLength: 4 }),
    )
    assert(
      property(keys, floats, (names, values) => {
        const vector = { dtype: 'F32', shape: [values.length], data: Float32Array.from(values) } as const
        const dictionary = new Map(names.map(name => [name, { ...vector, shape: [...vector.shape] }]))
        const keyStyle = typeof names[0] === 'number' ? 'int' : 'str'
        expect(parseNpyDict(encodeNpyDict(dictionary, { keyStyle }))).toEqual(dictionary)
      }),
    )
  })

  test('wide tables, whatever classes are called', () => {
    const anyNames = uniqueArray(
      string({ unit: constantFrom(...'abé 1,;|\t"\'#='), minLength: 1 }).filter(name => name.trim() === name),
      { minLength: 1, maxLength: 4 },
    )
    assert(
      property(anyNames, array(constantFrom(0, 1, 'NA'), { minLength: 4, maxLength: 4 }), (given, flags) => {
        const names = given.map(name => `c${name}`) // a class called "split" or "label" is a column of another meaning
        const cells = names.map((_, place) => flags[place]!)
        const table = parseLabelTable(
          csvText([
            ['image', ...names],
            ['photo.jpg', ...cells],
          ]),
          'labels.csv',
        )
        expect(table.columns).toEqual(names)
        expect(table.rows).toEqual([
          {
            photo: 'photo.jpg',
            present: names.filter((_, place) => cells[place] === 1),
            unknown: names.filter((_, place) => cells[place] === 'NA'),
          },
        ])
      }),
    )
  })
})
