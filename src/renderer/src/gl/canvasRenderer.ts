import { assertNever } from '../../../shared/errors'
import { resizeNearest } from '../../../shared/raster/resizeNearest'
import { scoreArgmax, scoresAtPhotoSize, type ScoreGrid } from '../../../shared/raster/labelsFromScores'
import type { Size } from '../../../shared/raster/size'
import { coloursByRow } from './labelColours'
import { plainLook } from './look'
import { paintGrid, paintTone } from './paintLook'
import type { Layer, PictureRenderer, Scene } from './scene'
import { paintLayer, type PaintedLayer } from './paintLayer'
import { TextureCache } from './textureCache'
import { workSize } from './workSize'

/** Larger photos would make every frame wait. */
const LONGEST_PHOTO = 4096

/** Scores at the photo's size, and whose they are. */
interface Values {
  readonly scores: Float32Array
  /** Row of the winner; undefined where one class was asked for. */
  readonly rows?: Uint8Array
}

interface GridValues {
  strongest?: Values
  single?: { readonly wanted: string; readonly values: Values }
}

/** The same picture worked out on the CPU, for browsers without WebGL2: right, and slower. */
export class CanvasRenderer implements PictureRenderer {
  readonly kind = 'canvas2d'
  readonly #context: CanvasRenderingContext2D
  readonly #overlay = document.createElement('canvas')
  readonly #grids = new TextureCache<ScoreGrid, GridValues>(
    2,
    () => ({}),
    () => undefined,
  )

  /** @param longestPhoto pixels of a photo's longer side on which maps are resized at most */
  constructor(
    canvas: HTMLCanvasElement,
    readonly longestPhoto = LONGEST_PHOTO,
  ) {
    this.#context = canvas.getContext('2d')!
  }

  draw(scene: Scene): void {
    const { width, height } = {
      width: Math.round(scene.view.width * scene.ratio),
      height: Math.round(scene.view.height * scene.ratio),
    }
    this.#drawPhoto(scene, width, height)
    const look = scene.look ?? plainLook
    if (look.brightness !== 0 || look.contrast !== 0) this.#change(width, height, pixels => paintTone(pixels, look))
    const size = workSize(scene.photo, this.longestPhoto)
    const divider = scene.layers.length === 1 ? width : Math.round(scene.divider * scene.ratio)
    for (const [side, layer] of scene.layers.entries()) {
      const painted = this.#paintable(layer, scene, size)
      const [left, right] = side === 0 ? [0, divider] : [divider, width]
      if (painted === undefined || right <= left) continue
      const pixels = paintLayer(painted, scene, { left, width: right - left, height })
      this.#overlay.width = right - left
      this.#overlay.height = height
      this.#overlay.getContext('2d')!.putImageData(pixels, 0, 0)
      this.#context.drawImage(this.#overlay, left, 0)
    }
    if (look.pixelGrid) this.#change(width, height, pixels => paintGrid(pixels, scene))
  }

  /** Everything is made in the frame that shows it. */
  prepare(): void {}

  close(): void {
    this.#grids.clear()
  }

  #drawPhoto({ viewport, ratio, photo, picture }: Scene, width: number, height: number): void {
    const context = this.#context
    const zoom = viewport.zoom * ratio
    const [left, top] = [viewport.x * ratio, viewport.y * ratio]
    context.clearRect(0, 0, width, height)
    context.imageSmoothingEnabled = zoom < 1
    context.imageSmoothingQuality = 'high'
    if (zoom < 1) context.drawImage(picture, left, top, photo.width * zoom, photo.height * zoom)
    else drawEnlarged(context, picture, { left, top, width: photo.width * zoom, height: photo.height * zoom })
  }

  #change(width: number, height: number, change: (pixels: ImageData) => void): void {
    const pixels = this.#context.getImageData(0, 0, width, height)
    change(pixels)
    this.#context.putImageData(pixels, 0, 0)
  }

  #paintable(layer: Layer, scene: Scene, size: Size): PaintedLayer | undefined {
    switch (layer.kind) {
      case 'photo':
        return undefined
      case 'map': {
        const { scores } = this.#values(layer.grid, layer.row, layer.cells, size)
        return { kind: 'map', scores, size, colours: scene.colourTable, scaleEnd: layer.scaleEnd }
      }
      case 'mask': {
        const { scores, rows } = this.#values(layer.grid, 'strongest', false, size)
        return { kind: 'mask', scores, rows: rows!, size, colours: coloursByRow(layer.grid.keys, layer.colours) }
      }
      case 'labels':
        return layer
      default:
        return assertNever(layer)
    }
  }

  #values(grid: ScoreGrid, row: number | 'strongest' | undefined, cells: boolean, size: Size): Values {
    const known = this.#grids.get(grid)
    if (row === 'strongest' && !cells) return (known.strongest ??= strongest(grid, size))
    const wanted = `${row} ${cells} ${size.width}`
    if (known.single?.wanted !== wanted) known.single = { wanted, values: { scores: oneMap(grid, row, cells, size) } }
    return known.single.values
  }
}

/** Where the photo lies, in device pixels and fractions of them. */
interface Place extends Size {
  readonly left: number
  readonly top: number
}

/**
 * A device pixel shows the photo's pixel under its middle, whole or not at all, as with WebGL2. `drawImage` would blend
 * the outermost row and column with what is behind them wherever the photo ends between two pixels.
 */
function drawEnlarged(
  context: CanvasRenderingContext2D,
  picture: ImageBitmap,
  { left, top, width, height }: Place,
): void {
  const pattern = context.createPattern(picture, 'repeat')!
  pattern.setTransform(new DOMMatrix([width / picture.width, 0, 0, height / picture.height, left, top]))
  const [x, y] = [Math.ceil(left - 0.5), Math.ceil(top - 0.5)]
  context.fillStyle = pattern
  context.fillRect(x, y, Math.ceil(left + width - 0.5) - x, Math.ceil(top + height - 0.5) - y)
}

function strongest(grid: ScoreGrid, size: Size): Values {
  const { scores, places } = scoreArgmax(grid, size)
  return { scores, rows: places }
}

/** One class at the photo's size, or the largest of the stored cells. */
function oneMap(grid: ScoreGrid, row: number | 'strongest' | undefined, cells: boolean, size: Size): Float32Array {
  if (row === undefined || grid.keys.length === 0) return new Float32Array(size.width * size.height)
  const area = grid.width * grid.height
  const plane = row === 'strongest' ? scoreArgmax(grid, grid).scores : grid.maps.slice(row * area, (row + 1) * area)
  if (cells) return resizeNearest(plane, 1, grid, size, 'centre')
  return scoresAtPhotoSize({ ...grid, keys: Int32Array.of(0), maps: plane }, size)
}
