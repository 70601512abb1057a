import { contrastSlope } from './look'
import type { Look, Scene } from './scene'
import { GRID_FROM } from './shaders/picture'

/** The photo brighter or with more contrast, as the picture shader has it. @param pixels RGBA, changed in place */
export function paintTone({ data }: ImageData, { brightness, contrast }: Look): void {
  const slope = contrastSlope(contrast)
  const toned = Uint8ClampedArray.from(
    { length: 256 },
    (_, value) => ((value / 255 - 0.5) * slope + 0.5 + brightness) * 255,
  )
  for (let i = 0; i < data.length; i++) if (i % 4 !== 3) data[i] = toned[data[i]!]!
}

/** Lines between the photo's pixels, a quarter of the way to what stands out. @param pixels of the whole view, in place */
export function paintGrid({ data, width, height }: ImageData, { viewport, ratio, photo }: Scene): void {
  const zoom = viewport.zoom * ratio
  if (zoom < GRID_FROM) return
  const lines = (count: number, offset: number, pixels: number) =>
    Array.from({ length: count }, (_, i) => {
      const place = (i + 0.5 - offset) / zoom
      return { inside: place >= 0 && place < pixels, line: (place - Math.floor(place)) * zoom < 1 }
    })
  const across = lines(width, viewport.x * ratio, photo.width)
  const down = lines(height, viewport.y * ratio, photo.height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (!across[x]!.inside || !down[y]!.inside || !(across[x]!.line || down[y]!.line)) continue
      const at = (y * width + x) * 4
      const light = (data[at]! + data[at + 1]! + data[at + 2]!) * 0.333 > 127.5
      for (let channel = at; channel < at + 3; channel++) data[channel]! += ((light ? 0 : 255) - data[channel]!) * 0.25
    }
}
