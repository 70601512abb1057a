import sharp from 'sharp'
import { WorkbenchError } from '../../shared/errors'

/** One resolution of a sprite: `[height, width, 4]`, red, green and blue multiplied by alpha, 0 … 255. */
interface SpriteLevel {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

/** An icon cut to what it shows, with ever coarser copies: the coarse ones draw soft shadows and small objects. */
export interface Sprite {
  /** Width over height. */
  readonly aspect: number
  /** The full size first, each next one half of it. */
  readonly levels: readonly SpriteLevel[]
}

export type Sprites = ReadonlyMap<string, Sprite>

/** What `resources/sample/icons.json` holds for one icon: the inside of an SVG and its view box. */
interface Icon {
  readonly width: number
  readonly height: number
  /** How much wider it is drawn than it was. */
  readonly stretch?: number
  readonly body: string
}

/** Side of the square that an icon is rendered to, px: more than any object measures in a photo. */
const masterSize = 384

/** Renders every icon of the sample once. Inlined by the build as a file of its own, read only when it is needed. */
export async function loadSprites(signal: AbortSignal): Promise<Sprites> {
  const files = import.meta.glob<string>('../../../resources/sample/icons.json', { query: '?raw', import: 'default' })
  const read = Object.values(files)[0]
  if (!read) throw new WorkbenchError('INTERNAL', 'resources/sample/icons.json was not built in')
  const { icons } = JSON.parse(await read()) as { icons: Record<string, Icon> }
  const sprites = new Map<string, Sprite>()
  for (const [name, icon] of Object.entries(icons)) {
    signal.throwIfAborted()
    sprites.set(name, await renderIcon(icon))
  }
  return sprites
}

export function spriteOf(sprites: Sprites, name: string): Sprite {
  const sprite = sprites.get(name)
  if (!sprite) throw new WorkbenchError('INTERNAL', `resources/sample/icons.json has no icon "${name}"`)
  return sprite
}

async function renderIcon({ width, height, stretch = 1, body }: Icon): Promise<Sprite> {
  const size = `width="${Math.round((masterSize * stretch * width) / height)}" height="${masterSize}"`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" ${size}>${body}</svg>`
  const image = sharp(Buffer.from(svg)).ensureAlpha()
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
  const master = premultiplied({ width: info.width, height: info.height, pixels: data })
  const cut = cropped(master)
  const levels = [cut]
  while (Math.min(levels.at(-1)!.width, levels.at(-1)!.height) > 12) levels.push(halved(levels.at(-1)!))
  return { aspect: cut.width / cut.height, levels }
}

function premultiplied({ width, height, pixels }: SpriteLevel): SpriteLevel {
  const out = new Uint8Array(pixels.length)
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3]!
    for (let channel = 0; channel < 3; channel++) out[at + channel] = Math.round((pixels[at + channel]! * alpha) / 255)
    out[at + 3] = alpha
  }
  return { width, height, pixels: out }
}

/** Cuts away what is nearly clear. */
function cropped(level: SpriteLevel): SpriteLevel {
  let [left, top, right, bottom] = [level.width, level.height, 0, 0]
  for (let y = 0; y < level.height; y++)
    for (let x = 0; x < level.width; x++) {
      if (level.pixels[(y * level.width + x) * 4 + 3]! < 64) continue
      left = Math.min(left, x)
      right = Math.max(right, x + 1)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y + 1)
    }
  const width = right - left
  const height = bottom - top
  const pixels = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * level.width + left) * 4
    pixels.set(level.pixels.subarray(from, from + width * 4), y * width * 4)
  }
  return { width, height, pixels }
}

/** Mean of 2 × 2 pixels. */
function halved(level: SpriteLevel): SpriteLevel {
  const width = level.width >> 1
  const height = level.height >> 1
  const pixels = new Uint8Array(width * height * 4)
  const line = level.width * 4
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < 4; channel++) {
        const at = 2 * y * line + 2 * x * 4 + channel
        const sum = level.pixels[at]! + level.pixels[at + 4]! + level.pixels[at + line]! + level.pixels[at + line + 4]!
        pixels[(y * width + x) * 4 + channel] = (sum + 2) >> 2
      }
  return { width, height, pixels }
}

/**
 * Adds the sprite at `(u, v)`, each 0 … 1 over its width and height, to `sum`: `[red, green, blue, alpha]`, 0 … 255,
 * bilinear, clear outside.
 */
export function addSample(level: SpriteLevel, u: number, v: number, sum: Float64Array): void {
  const x = u * level.width - 0.5
  const y = v * level.height - 0.5
  const column = Math.floor(x)
  const row = Math.floor(y)
  const right = x - column
  const down = y - row
  addPixel(level, column, row, (1 - right) * (1 - down), sum)
  addPixel(level, column + 1, row, right * (1 - down), sum)
  addPixel(level, column, row + 1, (1 - right) * down, sum)
  addPixel(level, column + 1, row + 1, right * down, sum)
}

function addPixel(level: SpriteLevel, column: number, row: number, weight: number, sum: Float64Array): void {
  if (column < 0 || row < 0 || column >= level.width || row >= level.height) return
  const at = (row * level.width + column) * 4
  for (let channel = 0; channel < 4; channel++) sum[channel]! += weight * level.pixels[at + channel]!
}

/** The level whose pixels are about `size` full-size pixels wide. */
export function levelFor(sprite: Sprite, size: number): SpriteLevel {
  const wanted = Math.round(Math.log2(Math.max(1, size)))
  return sprite.levels[Math.min(sprite.levels.length - 1, wanted)]!
}
