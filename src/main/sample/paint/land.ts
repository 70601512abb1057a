import { groundAt } from '../camera'
import type { Camera } from '../camera'
import { paint, rows } from '../canvas'
import type { Canvas } from '../canvas'
import { hex, mix, ramp, scale } from '../colour'
import type { Colour } from '../colour'
import type { Light } from '../light'
import { fractal, noise } from '../noise'
import type { Random } from '../random'

/** `colour` as the light shows it: every painter passes its own colours through this once. */
export function lit(colour: Colour, light: Light): Colour {
  return [colour[0] * light.tint[0], colour[1] * light.tint[1], colour[2] * light.tint[2]]
}

/** Ridges of hills on the horizon, the far ones bluer, and sometimes a line of trees before them. */
export function paintHills(canvas: Canvas, horizon: number, light: Light, random: Random, seed: number): void {
  const far = canvas.height * random.between(0.03, 0.16)
  for (const [depth, tall] of [far, far * 0.55].entries()) {
    const green = lit(mix(hex('#6f9a6a'), hex('#5d8f4f'), depth), light)
    ridge(canvas, horizon, tall, 90 / (1 + depth), seed + 40 + depth, (x, y) =>
      scale(mix(green, light.haze, 0.62 - 0.25 * depth), 0.94 + 0.12 * fractal(x / 7, y / 5, 2, seed)),
    )
  }
  if (!random.chance(0.6)) return
  const tall = canvas.height * random.between(0.025, 0.06)
  const leaf = lit(hex('#3f6b35'), light)
  ridge(canvas, horizon, tall, 9, seed + 60, (x, y) =>
    mix(scale(leaf, 0.7 + 0.7 * fractal(x / 4, y / 3, 3, seed + 2)), light.haze, 0.2),
  )
}

/** Fills from a noisy outline down to the horizon. */
function ridge(
  canvas: Canvas,
  horizon: number,
  tall: number,
  width: number,
  seed: number,
  shade: (x: number, y: number) => Colour,
): void {
  const outline = Float32Array.from(
    { length: canvas.width },
    (_, x) => horizon - tall * (0.25 + fractal(x / width, 3.7, 4, seed)),
  )
  paint(canvas, rows(canvas, horizon - 1.5 * tall, horizon + 1), (x, y, under) =>
    mix(under, shade(x, y), ramp(-0.8, 0.8, y - outline[x]!)),
  )
}

/** Grass from row `top` to `bottom`: patches of green and straw, blades that grow with nearness, a few flowers. */
export function paintGrass(
  canvas: Canvas,
  camera: Camera,
  light: Light,
  random: Random,
  seed: number,
  top: number,
  bottom = canvas.height,
): void {
  const lush = lit(mix(hex('#4f8f2f'), hex('#7aa63c'), random.next()), light)
  const dry = lit(mix(hex('#a8a552'), hex('#86a845'), random.next()), light)
  const dark = lit(hex('#2f5d22'), light)
  const flower = lit(random.pick(['#ffffff', '#ffe14d', '#f08cc0', '#c59bff'].map(hex)), light)
  const blooming = random.chance(0.45) ? random.between(0.93, 0.965) : 2
  paint(canvas, rows(canvas, top, bottom), (x, y) => {
    const [right, ahead] = groundAt(camera, x, y)
    const near = ramp(12, 1.5, ahead)
    const patch = fractal(right * 0.9, ahead * 0.9, 4, seed + 70)
    const blade = noise(x * 0.75, y * 0.28 + 3 * noise(x * 0.3, y * 0.1, seed + 5), seed + 71)
    const tuft = fractal(right * 9, ahead * 3.2, 3, seed + 72)
    const base = mix(lush, dry, ramp(0.35, 0.75, patch))
    const shaded = mix(base, dark, (0.2 + 0.5 * near) * ramp(0.45, 0.85, 0.55 * blade + 0.5 * tuft))
    const glint = scale(shaded, 0.88 + 0.3 * near * blade + 0.12 * tuft)
    const bloom = noise(right * 16, ahead * 7, seed + 73)
    return mix(bloom > blooming && near > 0.1 ? flower : glint, light.haze, 0.4 * ramp(14, 60, ahead))
  })
}

/** Sand or gravel: grains that stay pixel-sized, over dunes of light and dark. */
export function grainy(
  colour: Colour,
  right: number,
  ahead: number,
  x: number,
  y: number,
  strength: number,
  seed: number,
): Colour {
  const dunes = fractal(right * 1.6, ahead * 3, 3, seed) - 0.5
  const grain = noise(x * 0.9, y * 0.9, seed + 1) + noise(x * 0.45, y * 0.45, seed + 2) - 1
  return scale(colour, 1 + strength * (0.5 * dunes + 0.45 * grain))
}
