import { paint, rows } from './canvas'
import type { Canvas } from './canvas'
import { ramp, scale } from './colour'
import type { Cutout, Pose } from './cutout'
import type { Light } from './light'
import { fractal } from './noise'
import { addSample, levelFor } from './sprites'
import type { Sprite } from './sprites'

/** The dark patch where something touches the ground: without it objects seem to float. */
export function contactShadow(canvas: Canvas, sprite: Sprite, pose: Pose, strength: number): void {
  const across = pose.height * sprite.aspect * pose.squeeze * 0.56
  const deep = Math.max(2, pose.height * 0.1)
  const area = {
    left: pose.x - 2 * across,
    right: pose.x + 2 * across,
    top: pose.y - 2.5 * deep,
    bottom: pose.y + 2.5 * deep,
  }
  paint(canvas, area, (x, y, under) => {
    const distance = ((x - pose.x) / across) ** 2 + ((y - pose.y + 0.3 * deep) / deep) ** 2
    return scale(under, 1 - strength * Math.exp(-1.3 * distance))
  })
}

/** The silhouette laid flat on the ground, away from the light and towards the viewer, softer the farther it falls. */
export function castShadow(canvas: Canvas, sprite: Sprite, pose: Pose, light: Light): void {
  const lean = -light.side * 0.7
  const flat = 0.26
  const reach = pose.height * flat
  const half = (pose.height * sprite.aspect * pose.squeeze) / 2
  const level = levelFor(sprite, sprite.levels[0]!.height / 28)
  const sum = new Float64Array(4)
  const area = {
    left: pose.x - half - pose.height,
    right: pose.x + half + pose.height,
    top: pose.y - 2,
    bottom: pose.y + reach + 2,
  }
  paint(canvas, area, (x, y, under) => {
    const up = (y - pose.y) / reach
    const u = (x - pose.x - lean * up * pose.height) / (2 * half)
    sum.fill(0)
    addSample(level, (pose.mirrored ? -u : u) + 0.5, 1 - up, sum)
    return scale(under, 1 - (light.contrast * 0.8 * (1 - 0.6 * Math.min(1, Math.max(0, up))) * sum[3]!) / 255)
  })
}

/** The upside-down picture of a boat on water, broken by the waves and fading with depth. */
export function reflect(canvas: Canvas, cutout: Cutout, waterRow: number, phase: number): void {
  const { pixels, width, height } = cutout
  const depth = Math.max(1, waterRow - cutout.top)
  const area = {
    left: cutout.left - 6,
    right: cutout.left + width + 6,
    top: waterRow - 1,
    bottom: waterRow + depth * 0.8,
  }
  paint(canvas, area, (x, y, under) => {
    const below = y - waterRow
    const sway = (0.8 + below * 0.06) * Math.sin(below * 0.9 + phase) + 1.2 * Math.sin(below * 0.37 + x * 0.05)
    const column = Math.round(x + sway) - cutout.left
    const row = Math.round(waterRow - 1 - below * 1.25) - cutout.top
    if (column < 0 || column >= width || row < 0 || row >= height) return under
    const at = (row * width + column) * 4
    const share = 0.5 * (1 - below / (depth * 0.8)) * (0.75 + 0.25 * Math.sin(below * 1.7 + phase))
    const keep = 1 - share * pixels[at + 3]!
    return [
      under[0] * keep + share * 0.85 * pixels[at]!,
      under[1] * keep + share * 0.9 * pixels[at + 1]!,
      under[2] * keep + share * pixels[at + 2]!,
    ]
  })
}

/** Patches of shade as under leaves, on the ground and what stands on it; the sky stays as it is. */
export function dapple(canvas: Canvas, horizon: number, depth: number, size: number, seed: number): void {
  paint(canvas, rows(canvas, horizon, canvas.height), (x, y, under) => {
    const density = fractal(x / size, (2.2 * y) / size, 4, seed)
    return scale(under, 1 - depth * ramp(0.46, 0.64, density) * ramp(0, 20, y - horizon))
  })
}
