import { groundAt } from '../camera'
import type { Camera } from '../camera'
import { paint, rows } from '../canvas'
import { hex, mix, ramp, scale } from '../colour'
import type { Colour } from '../colour'
import { cellValue, fractal, noise } from '../noise'
import type { Brief, Stage } from '../stage'
import { grainy, lit } from './land'
import { standing } from './props'
import { paintSky } from './sky'

const plaster = ['#b5533f', '#d9b98a', '#c9c2b4', '#8d9aa5', '#e0d3b8', '#a8705a', '#7f8f7a']

/** A road across the photo, house fronts behind it, a pavement on either side. */
export function paintStreet(brief: Brief): Stage {
  const { canvas, light, random, seed } = brief
  const { width, height } = canvas
  const side = Math.min(width, height)
  const horizon = height * random.between(0.3, 0.4)
  const camera: Camera = { horizon, eyeHeight: random.between(0.95, 1.15), focal: 1.1 * side, centre: width / 2 }
  const base = horizon + 0.1 * side
  const kerb = horizon + 0.15 * side
  const near = Math.min(horizon + random.between(0.4, 0.46) * side, 0.84 * height)
  paintSky(canvas, base, light, seed)
  paintHouses(brief, base)
  paintPavement(brief, camera, base, kerb)
  paintRoad(brief, camera, kerb, near)
  paintPavement(brief, camera, near, height)
  const trees = Array.from({ length: random.integer(0, 2) }, () =>
    standing(
      'deciduous-tree',
      random.between(2.5, 4),
      camera,
      random.between(0, width),
      base + 0.02 * side,
      random,
      'contact',
    ),
  )
  return {
    camera,
    zones: {
      road: { top: kerb + 0.06 * side, bottom: near - 0.03 * side, sunlit: true },
      ground: { top: near + 0.02 * side, bottom: 0.985 * height, sunlit: true },
    },
    props: trees,
  }
}

/** A row of house fronts of different width, height and colour, with windows, doors and cornices. */
function paintHouses({ canvas, light, random, seed }: Brief, base: number): void {
  let left = -random.between(0, 60)
  for (let house = 0; left < canvas.width; house++) {
    const wide = Math.min(canvas.width, canvas.height) * random.between(0.35, 0.7)
    const roof = base * random.between(-0.2, 0.35)
    const wall = lit(hex(random.pick(plaster)), light)
    const cell = wide / random.integer(3, 5)
    const storey = cell * random.between(1.15, 1.5)
    const area = { left, right: left + wide, top: roof, bottom: base }
    const origin = left
    paint(canvas, area, (x, y) =>
      facade(x - origin, base - y, { wall, cell, storey, tall: base - roof }, light.haze, seed + house),
    )
    left += wide
  }
}

interface Front {
  readonly wall: Colour
  readonly cell: number
  readonly storey: number
  readonly tall: number
}

/** The colour of a house front `across` px from its left edge and `up` px above the street. */
function facade(across: number, up: number, { wall, cell, storey, tall }: Front, sky: Colour, seed: number): Colour {
  const column = Math.floor(across / cell)
  const floor = Math.floor(up / storey)
  const u = across / cell - column
  const v = up / storey - floor
  const rough = scale(wall, 0.88 + 0.2 * fractal(across / 9, up / 9, 3, seed) - 0.1 * ramp(0.3 * tall, 0, up))
  if (tall - up < 0.14 * storey) return scale(wall, 0.72)
  const inside = u > 0.24 && u < 0.76 && v > (floor === 0 ? 0.02 : 0.22) && v < 0.8
  if (!inside) return v < 0.05 && floor > 0 ? scale(rough, 0.85) : rough
  const frame = u < 0.29 || u > 0.71 || v > 0.75 || Math.abs(u - 0.5) < 0.025
  if (frame) return mix(wall, [0.95, 0.94, 0.9], 0.75)
  const glass = mix([0.12, 0.15, 0.2], sky, 0.15 + 0.5 * cellValue(column, floor, seed) * (0.4 + 0.6 * v))
  return floor === 0 ? mix(glass, scale(wall, 0.5), 0.5) : glass
}

/** Square slabs with joints, between two rows. */
function paintPavement({ canvas, light, seed }: Brief, camera: Camera, top: number, bottom: number): void {
  const stone = lit(hex('#b9b4aa'), light)
  paint(canvas, rows(canvas, top, bottom), (x, y) => {
    const [right, ahead] = groundAt(camera, x, y)
    const [u, v] = [right / 0.35, ahead / 0.35]
    const joint = Math.min(Math.abs(u - Math.round(u)), Math.abs(v - Math.round(v)))
    const slab = scale(stone, 0.88 + 0.2 * cellValue(Math.round(u + 0.5), Math.round(v + 0.5), seed + 50))
    const worn = grainy(slab, right, ahead, x, y, 0.24, seed + 51)
    return scale(worn, ahead < 6 && joint < 0.035 ? 0.72 : 1)
  })
}

/** Asphalt with a dashed line along it and a kerb at its near side. */
function paintRoad({ canvas, light, random, seed }: Brief, camera: Camera, top: number, bottom: number): void {
  const asphalt = lit(scale(hex('#6b6c70'), random.between(0.75, 1.05)), light)
  const line = lit([0.93, 0.92, 0.86], light)
  const middle = top + (bottom - top) * 0.42
  const thick = 0.035 * (bottom - top)
  paint(canvas, rows(canvas, top, bottom), (x, y) => {
    const [right, ahead] = groundAt(camera, x, y)
    const ground = grainy(asphalt, right, ahead, x, y, 0.34, seed + 55)
    const stained = scale(ground, 0.9 + 0.2 * fractal(right * 0.8, ahead * 2, 3, seed + 56))
    const dash = Math.abs(y - middle) < thick && (right * 0.6 + 100) % 1 < 0.55
    const worn = noise(x * 0.3, y * 0.6, seed + 57)
    if (bottom - y < 0.05 * (bottom - top)) return scale(lit(hex('#d2cec4'), light), 0.85)
    return dash ? mix(stained, line, 0.55 + 0.4 * worn) : stained
  })
}
