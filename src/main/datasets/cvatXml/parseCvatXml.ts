import { SaxesParser } from 'saxes'
import { WorkbenchError } from '../../../shared/errors'
import { polygonRegion, type Corner } from '../../../shared/raster/polygonRegion'
import { boxRegion, rowRunsTest } from '../../annotations/boxRegion'
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

function shapeOf(kind: string, given: Attributes): LayeredShape | undefined {
  const { label: name = '', z_order: layer = '0' } = given
  const numbers = (key: string) => numbersOf(given[key], `${kind} of "${name}": ${key}`)
  const shape = (region: Shape['region']): LayeredShape => ({ name: name.trim(), layer: Number(layer), region })
  if (kind === 'polygon') return shape(size => polygonRegion([pairs(numbers('points'))], size))
  if (kind === 'box') {
    const [x0, y0, x1, y1] = [...numbers('xtl'), ...numbers('ytl'), ...numbers('xbr'), ...numbers('ybr')]
    const corners = [[x0!, y0!], [x1!, y0!], [x1!, y1!], [x0!, y1!]] as const // prettier-ignore
    return shape(size => polygonRegion([corners], size))
  }
  if (kind !== 'mask') return undefined
  const [left, top, width, height] = ['left', 'top', 'width', 'height'].map(key => numbers(key)[0]!)
  const box = { left: left!, top: top!, width: width!, height: height! }
  return shape(size => boxRegion(box, size, rowRunsTest(numbers('rle'), box)))
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
