import { groundAt, pixelsPerMetre } from '../camera'
import type { Camera } from '../camera'
import { paint, rows } from '../canvas'
import { hex, mix, ramp, scale } from '../colour'
import type { Colour } from '../colour'
import { cellValue, noise } from '../noise'
import type { Brief, Stage, Zone } from '../stage'
import { grainy, lit, paintGrass, paintHills } from './land'
import { treesBehind } from './props'
import { paintSky } from './sky'

const frontViews = [['train'], ['tram']] as const
const sideViews = [
  ['locomotive', 'railway-car'],
  ['bullet-train', '-bullet-train'],
  ['railway-car', 'railway-car'],
] as const

/** Metres between the rails, as a picture needs it: wider than the real 1.435 so that they show. */
const gauge = 1.7

/** A railway line on its bed of gravel: along the photo, or coming towards the viewer. A platform in front if needed. */
export function paintRailway(brief: Brief): Stage {
  const { canvas, light, random, seed, needs } = brief
  const { width, height } = canvas
  const side = Math.min(width, height)
  const horizon = height * random.between(0.34, 0.44)
  const camera: Camera = {
    horizon,
    eyeHeight: random.between(1.1, 1.3),
    focal: 1.1 * side,
    centre: width * random.between(0.35, 0.65),
  }
  paintSky(canvas, horizon, light, seed)
  paintHills(canvas, horizon, light, random, seed)
  paintGrass(canvas, camera, light, random, seed, horizon)
  const rails = random.chance(0.35) ? paintTrackAhead(brief, camera) : paintTrackAcross(brief, camera, side)
  const platform = Math.min(horizon + 0.34 * side, 0.8 * height)
  if (needs.has('ground')) paintPlatform(brief, camera, platform)
  return {
    camera,
    zones: { rails, ground: { top: platform + 0.04 * side, bottom: 0.985 * height, sunlit: true } },
    props: treesBehind(random, camera, width, random.integer(0, 2), [horizon + 0.02 * side, horizon + 0.06 * side]),
  }
}

/** Rails from left to right; the train's wheels stand on the nearer one. */
function paintTrackAcross(brief: Brief, camera: Camera, side: number): Zone {
  const { canvas, random } = brief
  const foot = camera.horizon + side * random.between(0.14, 0.19)
  const nearRail = groundAt(camera, 0, foot)[1]
  const bed = [nearRail + gauge + 2, nearRail - 0.9] as const
  const rowAt = (ahead: number): number => camera.horizon + (camera.eyeHeight * camera.focal) / ahead
  paintGravel(brief, camera, rowAt(bed[0]), rowAt(Math.max(1.2, bed[1])) + 0.05 * side, (right, ahead) => {
    const sleeper = Math.abs(((right / 0.7) % 1) + (right < 0 ? 1 : 0) - 0.5) < 0.22
    return sleeper && ahead > nearRail - 0.35 && ahead < nearRail + gauge + 0.5
  })
  for (const ahead of [nearRail + gauge, nearRail]) {
    const row = rowAt(ahead)
    paintRail(brief, {
      left: 0,
      right: canvas.width,
      top: row - 1,
      bottom: row + Math.max(2, 0.07 * pixelsPerMetre(camera, row)),
    })
  }
  return { top: foot + 1, bottom: foot + 1, formations: sideViews, sunlit: true }
}

/** Two rails that meet on the horizon; a train on them is seen from the front. */
function paintTrackAhead(brief: Brief, camera: Camera): Zone {
  const { canvas, light } = brief
  const near = camera.horizon + (canvas.height - camera.horizon) * 0.3
  const onBed = (right: number): boolean => Math.abs(right) < 1.75
  paintGravel(
    brief,
    camera,
    camera.horizon + 2,
    canvas.height,
    (right, ahead) => Math.abs(right) < 1.25 && (ahead / 0.75) % 1 < 0.42,
    onBed,
  )
  const steel = lit(hex('#8b8580'), light)
  paint(canvas, rows(canvas, camera.horizon + 1, canvas.height), (x, y, under) => {
    const [right, ahead] = groundAt(camera, x, y)
    const off = Math.abs(Math.abs(right) - gauge / 2) / Math.max(0.06, 0.011 * ahead)
    return off > 1 ? under : mix(under, scale(steel, 1.25 - 0.5 * off), ramp(1, 0.5, off))
  })
  return {
    top: near,
    bottom: camera.horizon + (canvas.height - camera.horizon) * 0.62,
    formations: frontViews,
    column: () => camera.centre,
    sunlit: false,
  }
}

/** Grey stones between two rows, with dark sleepers where `isSleeper` says. */
function paintGravel(
  { canvas, light, random, seed }: Brief,
  camera: Camera,
  top: number,
  bottom: number,
  isSleeper: (right: number, ahead: number) => boolean,
  isBed: (right: number) => boolean = () => true,
): void {
  const stone = lit(scale(hex('#9a938a'), random.between(0.8, 1.05)), light)
  const wood = lit(hex('#4d3b30'), light)
  paint(canvas, rows(canvas, top, bottom), (x, y, under) => {
    const [right, ahead] = groundAt(camera, x, y)
    if (!isBed(right + 0.25 * (noise(right * 3, ahead * 3, seed + 80) - 0.5))) return under
    const stones = scale(stone, 0.55 + 0.8 * cellValue(Math.floor(x / 1.7), Math.floor(y / 1.4), seed + 81))
    const bed: Colour = grainy(stones, right, ahead, x, y, 0.4, seed + 82)
    const edge = Math.min(1, (y - top) / 3)
    if (isSleeper(right, ahead)) return scale(wood, 0.75 + 0.5 * noise(x * 0.2, y * 0.8, seed + 83))
    return mix(under, bed, edge)
  })
}

function paintRail({ canvas, light }: Brief, area: Parameters<typeof paint>[1]): void {
  const steel = lit(hex('#87817c'), light)
  paint(canvas, area, (_, y) => scale(steel, y - area.top < 1.2 ? 1.35 : 0.62))
}

/** Concrete with a pale line along its edge, from row `top` to the viewer. */
function paintPlatform({ canvas, light, seed }: Brief, camera: Camera, top: number): void {
  const concrete = lit(hex('#bdb8ae'), light)
  const line = lit(hex('#f0e2a0'), light)
  const deep = 0.05 * (canvas.height - top)
  paint(canvas, rows(canvas, top - deep, canvas.height), (x, y) => {
    if (y < top) return scale(concrete, 0.55)
    const [right, ahead] = groundAt(camera, x, y)
    const floor = grainy(concrete, right, ahead, x, y, 0.26, seed + 90)
    if (y - top > deep && y - top < 2.2 * deep) return mix(floor, line, 0.75)
    return Math.abs((right / 0.8) % 1) < 0.02 ? scale(floor, 0.75) : floor
  })
}
