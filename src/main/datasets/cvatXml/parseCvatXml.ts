import { SaxesParser } from 'saxes'
import { WorkbenchError } from '../../../shared/errors'
import type { Corner } from '../../../shared/raster/polygonRegion'
import type { Region } from '../../../shared/raster/region'
import type { Size } from '../../../shared/raster/size'
import { boxRegion, rowRunsTest } from '../../annotations/boxRegion'
import { outlineRegion } from '../../annotations/outlineRegion'
import type { Shape } from '../../annotations/shape'
import type { ShapedImage } from '../importing/shapedDraft'

type Attributes = Readonly<Record<string, string>>

export interface CvatFile {
  readonly images: readonly ShapedImage[]
  /** Labels of the task, in its order. */
  readonly classes: readonly string[]
  /** Kinds of shapes without pixels, and how many there are. */
  readonly passed: ReadonlyMap<string, number>
}

interface LayeredShape extends Shape {
  readonly layer: number
}

const LABEL_PATH = /^annotations\/meta\/(task|project|job)\/labels\/label\/name$/
const WITHOUT_PIXELS: readonly string[] = ['polyline', 'points', 'cuboid', 'skeleton']

/**
 * CVAT's "CVAT for images 1.1". A mask's runs go row by row inside its box, zeros first, and their sum is the box's area
 * (cvat, format-cvat). What lies higher (`z_order`) is drawn later.
 */
export function parseCvatXml(xml: string, file: string): CvatFile {
  const images: ShapedImage[] = []
  const classes: string[] = []
  const passed = new Map<string, number>()
  const path: string[] = []
  let text = ''
  let image: { readonly attributes: Attributes; readonly shapes: LayeredShape[] } | undefined
  const parser = new SaxesParser()
  parser.on('error', error => {
    throw new WorkbenchError('FILE_UNREADABLE', `${file} is no XML (${error.message.split('\n', 1)[0]}).`)
  })
  parser.on('opentag', ({ name, attributes }) => {
    path.push(name)
    text = ''
    if (path.join('/') === 'annotations/image') image = { attributes: attributes as Attributes, shapes: [] }
    else if (image && path.length === 3) {
      const shape = shapeOf(name, attributes as Attributes)
      if (shape) image.shapes.push(shape)
      else if (WITHOUT_PIXELS.includes(name)) passed.set(name, (passed.get(name) ?? 0) + 1)
    }
  })
  parser.on('text', chunk => (text += chunk))
  parser.on('closetag', () => {
    const at = path.join('/')
    if (LABEL_PATH.test(at)) classes.push(text.trim())
    if (at === 'annotations/image' && image) {
      images.push(imageOf(image.attributes, image.shapes))
      image = undefined
    }
    path.pop()
  })
  parser.write(xml).close()
  return { images, classes, passed }
}

function imageOf({ name = '', width, height }: Attributes, shapes: readonly LayeredShape[]): ShapedImage {
  return {
    name,
    size: width === undefined || height === undefined ? null : { width: Number(width), height: Number(height) },
    shapes: shapes.toSorted((a, b) => a.layer - b.layer),
  }
}

/** What is wrong with a shape's numbers is said when its photo is drawn: the others are good without it. */
function shapeOf(kind: string, given: Attributes): LayeredShape | undefined {
  const draw = drawn.get(kind)
  if (draw === undefined) return undefined
  const { label: name = '', z_order: layer = '0' } = given
  const numbers = (key: string) => numbersOf(key === 'z_order' ? layer : given[key], `${kind} of "${name}": ${key}`)
  const region = (size: Size) => {
    numbers('z_order')
    return draw(numbers, size)
  }
  return { name: name.trim(), layer: Number(layer) || 0, region }
}

type NumbersOf = (key: string) => readonly number[]

/** By the name of the element, which may be anything. */
const drawn: ReadonlyMap<string, (numbers: NumbersOf, size: Size) => Region> = new Map([
  ['polygon', (numbers, size) => outlineRegion(pairs(numbers('points')), size)],
  ['box', boxOf],
  ['mask', maskOf],
])

function boxOf(numbers: NumbersOf, size: Size): Region {
  const [x0, y0, x1, y1] = [numbers('xtl')[0]!, numbers('ytl')[0]!, numbers('xbr')[0]!, numbers('ybr')[0]!]
  return outlineRegion([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], size) // prettier-ignore
}

function maskOf(numbers: NumbersOf, size: Size): Region {
  const [left, top] = [numbers('left')[0]!, numbers('top')[0]!]
  const box = { left, top, width: numbers('width')[0]!, height: numbers('height')[0]! }
  return boxRegion(box, size, rowRunsTest(numbers('rle'), box, size))
}

/** `1,2;3,4` or `195, 3, 2`. */
function numbersOf(text: string | undefined, what: string): number[] {
  const numbers = (text ?? '')
    .split(/[,;\s]+/)
    .filter(part => part !== '')
    .map(Number)
  if (numbers.length > 0 && numbers.every(Number.isFinite)) return numbers
  throw new WorkbenchError('BAD_INPUT', `${what} is "${(text ?? '').slice(0, 40)}", not numbers`)
}

function pairs(numbers: readonly number[]): Corner[] {
  return Array.from({ length: numbers.length >> 1 }, (_, i) => [numbers[2 * i]!, numbers[2 * i + 1]!] as const)
}
