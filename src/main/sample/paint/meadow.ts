import { pixelsPerMetre } from '../camera'
import type { Camera } from '../camera'
import { paint } from '../canvas'
import { hex, scale } from '../colour'
import { noise } from '../noise'
import type { Brief, Prop, Stage } from '../stage'
import { lit, paintGrass, paintHills } from './land'
import { treesBehind } from './props'
import { paintSky } from './sky'

/** A meadow under the sky, with hills, trees and perhaps a fence. */
export function paintMeadow(brief: Brief): Stage {
  const { canvas, light, random, seed, needs } = brief
  const { width, height } = canvas
  const side = Math.min(width, height)
  const horizon = height * (needs.has('air') ? random.between(0.45, 0.58) : random.between(0.16, 0.42))
  const camera: Camera = { horizon, eyeHeight: random.between(0.85, 1.15), focal: 1.1 * side, centre: width / 2 }
  paintSky(canvas, horizon, light, seed)
  paintHills(canvas, horizon, light, random, seed)
  paintGrass(canvas, camera, light, random, seed, horizon)
  if (random.chance(0.4)) paintFence(brief, camera, horizon + side * random.between(0.06, 0.12))
  const props: Prop[] = treesBehind(random, camera, width, random.integer(0, 3), [
    horizon + 0.03 * side,
    horizon + 0.12 * side,
  ])
  return {
    camera,
    zones: {
      ground: { top: horizon + 0.14 * side, bottom: 0.975 * height, sunlit: true },
      air: { top: 0.12 * height, bottom: Math.max(0.2 * height, horizon - 0.12 * side), sunlit: false },
    },
    props,
  }
}

/** Posts with two rails across the whole photo, standing at row `foot`. */
function paintFence({ canvas, light, random, seed }: Brief, camera: Camera, foot: number): void {
  const metre = pixelsPerMetre(camera, foot)
  const wood = lit(random.pick(['#8a6a48', '#d9d4c8', '#6e5a44'].map(hex)), light)
  const gap = 1.8 * metre
  const start = random.between(0, gap)
  const board = (left: number, top: number, right: number, bottom: number): void =>
    paint(canvas, { left, top, right, bottom }, (x, y) =>
      scale(wood, 0.8 + 0.3 * noise(x * 0.2, y * 0.9, seed + 8) - (0.25 * (y - top)) / Math.max(1, bottom - top)),
    )
  for (const share of [0.45, 0.85]) board(0, foot - share * metre, canvas.width, foot - (share - 0.11) * metre)
  for (let x = start - gap; x < canvas.width; x += gap) board(x, foot - 1.05 * metre, x + 0.14 * metre, foot)
}
