import { groundAt } from '../camera'
import type { Camera } from '../camera'
import { paint, rows } from '../canvas'
import { hex, mix, ramp, scale } from '../colour'
import type { Colour } from '../colour'
import { cellValue, fractal, noise } from '../noise'
import type { Brief, Prop, Stage } from '../stage'
import { lit } from './land'
import { standing } from './props'

const walls = ['#d8cfc0', '#b9c7c4', '#cfd6df', '#e3c9b0', '#a9b79a', '#c7b3c4', '#e6e0d2', '#8ea3b5']

/** A room: papered wall, skirting board, floorboards, perhaps a rug, a sofa, a plant, a window and a picture. */
export function paintLivingRoom(brief: Brief): Stage {
  const { canvas, random } = brief
  const { width, height } = canvas
  const side = Math.min(width, height)
  const horizon = height * random.between(0.2, 0.34)
  const camera: Camera = { horizon, eyeHeight: random.between(0.7, 0.85), focal: 0.95 * side, centre: width / 2 }
  const edge = horizon + side * random.between(0.16, 0.24)
  paintWall(brief, edge, side)
  if (random.chance(0.45)) paintPicture(brief, horizon, side)
  paintFloor(brief, camera, edge)
  if (random.chance(0.5)) paintRug(brief, camera, edge + 0.5 * (height - edge))
  return {
    camera,
    zones: { ground: { top: edge + 0.08 * side, bottom: 0.985 * height, sunlit: false } },
    props: furniture(brief, camera, edge, horizon),
  }
}

function furniture({ canvas, random }: Brief, camera: Camera, edge: number, horizon: number): Prop[] {
  const { width, height } = canvas
  const side = Math.min(width, height)
  const props: Prop[] = []
  if (random.chance(0.45)) {
    const pane = standing('window', 1, camera, random.between(0.1, 0.9) * width, horizon, random, 'none')
    props.push({ ...pane, pose: { ...pane.pose, y: edge - 0.2 * side, height: side * random.between(0.3, 0.5) } })
  }
  if (random.chance(0.55)) {
    const sofa = standing(
      'couch-and-lamp',
      1.75,
      camera,
      random.between(0.15, 0.85) * width,
      edge + 0.05 * side,
      random,
      'contact',
    )
    props.push({ ...sofa, hue: random.between(-3, 3) })
  }
  if (random.chance(0.5)) {
    const foot = random.chance(0.3) ? height * 0.97 : edge + 0.04 * side
    const x = random.pick([random.between(0, 0.2), random.between(0.8, 1)]) * width
    props.push(standing('potted-plant', random.between(0.55, 0.8), camera, x, foot, random, 'contact'))
  }
  return props
}

/** Plain, striped or patterned paper, darker towards the corners, down to a skirting board. */
function paintWall({ canvas, light, random, seed }: Brief, edge: number, side: number): void {
  const paper = lit(hex(random.pick(walls)), light)
  const other = scale(paper, random.between(0.84, 0.94))
  const style = random.pick(['plain', 'stripes', 'diamonds'])
  const period = side * random.between(0.06, 0.14)
  const board = 0.045 * side
  const lampColumn = canvas.width * (0.5 + 0.45 * light.side)
  paint(canvas, rows(canvas, 0, edge), (x, y) => {
    const glow = 1.06 - 0.3 * ((x - lampColumn) / canvas.width) ** 2 - 0.1 * (y / edge)
    if (edge - y < board) return scale(lit([0.93, 0.92, 0.9], light), glow * (edge - y > board - 1.5 ? 0.8 : 0.97))
    const stripes = style === 'stripes' && (x / period) % 1 < 0.5
    const diamonds =
      style === 'diamonds' && Math.abs(((x / period) % 1) - 0.5) + Math.abs(((y / period) % 1) - 0.5) < 0.2
    const rough = 0.97 + 0.06 * fractal(x / 3, y / 3, 2, seed + 100)
    return scale(stripes || diamonds ? other : paper, glow * rough)
  })
}

/** Boards that run away from the viewer, each of its own tone, with grain along it. */
function paintFloor({ canvas, light, random, seed }: Brief, camera: Camera, edge: number): void {
  const wood = lit(mix(hex('#b98a5a'), hex('#7d5535'), random.next()), light)
  const across = random.chance(0.5)
  paint(canvas, rows(canvas, edge, canvas.height), (x, y) => {
    const [right, ahead] = groundAt(camera, x, y)
    const [along, over] = across ? [right, ahead] : [ahead, right]
    const board = Math.floor(over / 0.14)
    const piece = Math.floor(along / 1.1 + 3 * cellValue(board, 0, seed + 110))
    const within = over / 0.14 - board
    const tone = 0.84 + 0.3 * cellValue(board, piece, seed + 111)
    const grain = noise(along * 5, over * 90, seed + 112) - 0.5
    const knots = fractal(along * 3, over * 22, 3, seed + 113) - 0.5
    const seam = within < 0.05 ? 0.66 : 1
    const corner = 0.72 + 0.28 * ramp(0, 0.2 * canvas.height, y - edge)
    return scale(wood, tone * seam * corner * (1 + 0.2 * grain + 0.28 * knots))
  })
}

/** An oval rug with two bands and a woven texture. */
function paintRug({ canvas, light, random, seed }: Brief, camera: Camera, row: number): void {
  const [, middle] = groundAt(camera, 0, row)
  const radius = [random.between(0.7, 1.2), 0.32 * middle] as const
  const aside = random.between(-0.3, 0.3)
  const [inner, band]: readonly Colour[] = [
    hex(random.pick(['#a8433d', '#3f5f8a', '#d9cbb0', '#5a7a5c'])),
    hex(random.pick(['#f0e6d2', '#2f3440'])),
  ]
  paint(canvas, rows(canvas, 0, canvas.height), (x, y, under) => {
    if (y < camera.horizon + 4) return under
    const [right, ahead] = groundAt(camera, x, y)
    const distance = Math.hypot((right - aside) / radius[0], (ahead - middle) / radius[1])
    if (distance > 1) return under
    const colour = distance > 0.82 && distance < 0.92 ? band! : inner!
    const weave = 0.85 + 0.3 * noise(right * 60, ahead * 40, seed + 120)
    return mix(
      under,
      scale(lit(colour, light), weave * (0.9 + 0.2 * fractal(right * 3, ahead * 3, 2, seed + 121))),
      0.96,
    )
  })
}

/** A framed landscape on the wall. */
function paintPicture({ canvas, light, random, seed }: Brief, horizon: number, side: number): void {
  const [wide, tall] = [side * random.between(0.2, 0.36), side * random.between(0.14, 0.22)]
  const left = random.between(0.05, 0.7) * canvas.width
  const top = Math.max(4, horizon - tall * random.between(0.4, 1.1))
  const frame = lit(hex(random.pick(['#3b2d22', '#c9a14a', '#efe9dc'])), light)
  const [above, below] = [hex('#c8d8de'), hex(random.pick(['#7f9a6a', '#b98f6a', '#5d7f9a']))]
  paint(canvas, { left, top, right: left + wide, bottom: top + tall }, (x, y) => {
    const inset = Math.min(x - left, left + wide - x, y - top, top + tall - y)
    if (inset < 0.018 * side) return scale(frame, 0.8 + 0.3 * ramp(0, 4, inset))
    const v = (y - top) / tall
    return lit(mix(above, below, ramp(0.45, 0.6, v + 0.3 * (fractal(x / 20, 1, 3, seed + 130) - 0.5))), light)
  })
}
