import { assertNever } from '../../../shared/errors'
import type { Size } from '../../../shared/raster/size'
import { plainLook } from './look'
import type { Layer, Scene } from './scene'
import { SAME } from './shaders/picture'

/** A layer with its values at the photo's size. */
export type PaintedLayer =
  | {
      readonly kind: 'map'
      readonly scores: Float32Array
      readonly size: Size
      readonly colours: Uint8Array
      readonly scaleEnd: number
    }
  | {
      readonly kind: 'mask'
      readonly scores: Float32Array
      readonly rows: Uint8Array
      readonly size: Size
      readonly colours: Uint8Array
    }
  | Extract<Layer, { kind: 'labels' }>

/** Device pixels of the view that are painted. */
interface Part extends Size {
  readonly left: number
}

const OUTSIDE = -1

/** A layer's own colours with their opacity, for the photo below to shine through: the picture shader in TypeScript. */
export function paintLayer(layer: PaintedLayer, scene: Scene, part: Part): ImageData {
  const out = new ImageData(part.width, part.height)
  const line = scene.contour ? Math.max(1, Math.round(scene.ratio)) : 0
  const across = sources(
    part.left,
    part.width + line,
    scene.viewport.x * scene.ratio,
    scene,
    layer.size.width,
    scene.photo.width,
  )
  const down = sources(
    0,
    part.height + line,
    scene.viewport.y * scene.ratio,
    scene,
    layer.size.height,
    scene.photo.height,
  )
  const areaAt = areaOf(layer, scene.threshold)
  const paint = painter(layer, Math.round(scene.opacity * 255), out.data)
  const paintLine = linePainter(layer, (scene.look ?? plainLook).colouredLines, out.data)
  for (let y = 0; y < part.height; y++) {
    if (!inside(down, y)) continue
    const row = down.pixels[y]! * layer.size.width
    const below = down.pixels[y + line]! * layer.size.width
    for (let x = 0; x < part.width; x++) {
      if (!inside(across, x)) continue
      const pixel = row + across.pixels[x]!
      const area = areaAt(pixel)
      const at = (y * part.width + x) * 4
      const right = areaAt(row + across.pixels[x + line]!)
      const under = areaAt(below + across.pixels[x]!)
      if (line > 0 && (area !== right || area !== under)) paintLine(area, area === right ? under : right, at)
      else paint(pixel, area, at)
    }
  }
  return out
}

interface Sources {
  /** The value's column or row under each device pixel, clamped. */
  readonly pixels: Int32Array
  /** Where the photo begins and ends, in device pixels. */
  readonly covers: Uint8Array
}

function inside({ covers }: Sources, i: number): boolean {
  return covers[i] === 1
}

function sources(first: number, count: number, offset: number, scene: Scene, values: number, photo: number): Sources {
  const zoom = scene.viewport.zoom * scene.ratio
  const pixels = new Int32Array(count)
  const covers = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    const place = (first + i + 0.5 - offset) / zoom
    covers[i] = place >= 0 && place < photo ? 1 : 0
    pixels[i] = Math.min(Math.max(Math.floor((place * values) / photo), 0), values - 1)
  }
  return { pixels, covers }
}

/** The area that a pixel belongs to: contours run where two differ. */
function areaOf(layer: PaintedLayer, threshold: number): (pixel: number) => number {
  switch (layer.kind) {
    case 'map':
      return pixel => (layer.scores[pixel]! > threshold ? 1 : 0)
    case 'mask':
      return pixel => (layer.scores[pixel]! > threshold ? layer.rows[pixel]! + 1 : 0)
    case 'labels':
      return pixel => (layer.unlike?.[pixel] === layer.labels[pixel] ? SAME : (layer.labels[pixel] ?? OUTSIDE))
    default:
      return assertNever(layer)
  }
}

function painter(layer: PaintedLayer, alpha: number, out: Uint8ClampedArray) {
  const { colours } = layer
  return (pixel: number, area: number, at: number) => {
    if (area === SAME) return
    const shade =
      layer.kind === 'map' ? Math.round(Math.min(Math.max(layer.scores[pixel]! / layer.scaleEnd, 0), 1) * 255) : area
    out[at] = colours[shade * 4]!
    out[at + 1] = colours[shade * 4 + 1]!
    out[at + 2] = colours[shade * 4 + 2]!
    out[at + 3] = (alpha * colours[shade * 4 + 3]!) / 255
  }
}

/** Contours: white, or in the colour of the area that they surround. */
function linePainter(layer: PaintedLayer, coloured: boolean, out: Uint8ClampedArray) {
  const isClear = (area: number) => area === SAME || layer.colours[area * 4 + 3] === 0
  return (here: number, beside: number, at: number) => {
    out.fill(255, at, at + 4)
    if (!coloured || layer.kind === 'map') return
    const area = isClear(here) ? beside : here
    out.set(area === SAME ? [0, 0, 0] : layer.colours.subarray(area * 4, area * 4 + 3), at)
  }
}
