import { groundAt } from '../camera'
import type { Camera } from '../camera'
import { paint, rows } from '../canvas'
import { hex, mix, ramp, scale } from '../colour'
import { cellValue, fractal, noise } from '../noise'
import type { Brief, Stage } from '../stage'
import { lit } from './land'
import { standing } from './props'

/** A table of wood or stone before a tiled wall. */
export function paintKitchen(brief: Brief): Stage {
  const { canvas, random } = brief
  const { width, height } = canvas
  const side = Math.min(width, height)
  const horizon = height * random.between(0.06, 0.22)
  const camera: Camera = { horizon, eyeHeight: random.between(0.17, 0.22), focal: 1.2 * side, centre: width / 2 }
  const edge = horizon + side * random.between(0.24, 0.32)
  paintTiles(brief, edge, side)
  paintTable(brief, camera, edge)
  const plant = random.chance(0.35)
    ? [standing('potted-plant', 0.2, camera, random.pick([0.1, 0.9]) * width, edge + 0.06 * side, random, 'contact')]
    : []
  return { camera, zones: { table: { top: edge + 0.06 * side, bottom: 0.97 * height, sunlit: false } }, props: plant }
}

/** Glazed tiles with grout, each of its own tone and gloss. */
function paintTiles({ canvas, light, random, seed }: Brief, edge: number, side: number): void {
  const glaze = lit(hex(random.pick(['#e9ebe6', '#9fc1c4', '#d6c7a8', '#7f9fb5', '#c9d6b8'])), light)
  const grout = lit(hex('#cfcac0'), light)
  const tall = side * random.between(0.09, 0.14)
  const wide = tall * random.pick([1, 2])
  paint(canvas, rows(canvas, 0, edge), (x, y) => {
    const row = Math.floor((edge - y) / tall)
    const shifted = x / wide + (wide > tall ? 0.5 * (row % 2) : 0)
    const column = Math.floor(shifted)
    const u = shifted - column
    const v = (edge - y) / tall - row
    if (Math.min(u, 1 - u) * wide < 1.1 || Math.min(v, 1 - v) * tall < 1.1) return scale(grout, 0.86)
    const gloss = 0.14 * ramp(0.5, 0.9, v) * ramp(0.2, 0.5, u)
    const tone = 0.88 + 0.14 * cellValue(column, row, seed + 140) + gloss
    return scale(glaze, tone * (1.05 - 0.25 * ((x / canvas.width - 0.5 - 0.3 * light.side) ** 2 + 0.2 * (y / edge))))
  })
}

/** Boards along the table, or marble with veins; the far edge catches the light. */
function paintTable({ canvas, light, random, seed }: Brief, camera: Camera, edge: number): void {
  const marble = random.chance(0.4)
  const top = lit(marble ? hex('#d9d6d0') : mix(hex('#c69a63'), hex('#8a5a35'), random.next()), light)
  const vein = scale(top, 0.84)
  paint(canvas, rows(canvas, edge, canvas.height), (x, y) => {
    const [right, ahead] = groundAt(camera, x, y)
    const shine = 1.08 - 0.2 * ramp(edge, canvas.height, y) + (y - edge < 2 ? 0.15 : 0)
    if (marble) {
      const flow = Math.abs(fractal(right * 9, ahead * 9, 5, seed + 150) - 0.5)
      return scale(mix(vein, top, ramp(0, 0.05, flow)), shine * (0.95 + 0.08 * noise(x / 2, y / 2, seed + 151)))
    }
    const board = Math.floor(ahead / 0.09)
    const grain = fractal(right * 7, ahead * 75, 3, seed + 152) - 0.5
    const seam = ahead / 0.09 - board < 0.05 ? 0.7 : 1
    return scale(top, shine * seam * (0.9 + 0.2 * cellValue(board, 0, seed + 153)) * (1 + 0.45 * grain))
  })
}
