import { groundAt } from '../camera'
import type { Camera } from '../camera'
import { paint, rows } from '../canvas'
import { hex, mix, ramp, scale } from '../colour'
import type { Colour } from '../colour'
import { fractal, noise } from '../noise'
import type { Brief, Prop, Stage } from '../stage'
import { grainy, lit, paintHills } from './land'
import { standing } from './props'
import { paintSky } from './sky'

/** Open water to the horizon; in front of it a beach when something has to stand there. */
export function paintSea(brief: Brief): Stage {
  const { canvas, light, random, seed, needs } = brief
  const { width, height } = canvas
  const side = Math.min(width, height)
  const horizon = height * random.between(0.24, needs.has('air') ? 0.5 : 0.42)
  const camera: Camera = { horizon, eyeHeight: random.between(0.85, 1.1), focal: 1.1 * side, centre: width / 2 }
  paintSky(canvas, horizon, light, seed)
  if (random.chance(0.5)) paintHills(canvas, horizon, light, random, seed)
  const beach = needs.has('ground') || random.chance(0.15)
  const shore = beach ? Math.min(horizon + side * random.between(0.34, 0.44), 0.8 * height) : 1.2 * height
  paintWater(brief, camera, shore)
  if (beach) paintBeach(brief, camera, shore)
  const props: Prop[] =
    beach && random.chance(0.4)
      ? [
          standing(
            'rock',
            random.between(0.3, 0.7),
            camera,
            random.between(0, width),
            shore + 0.1 * side,
            random,
            'cast',
          ),
        ]
      : []
  const deepest = beach ? Math.max(horizon + 0.2 * side, shore - 0.05 * side) : 0.9 * height
  return {
    camera,
    zones: {
      water: { top: horizon + 0.1 * side, bottom: deepest, sunlit: false },
      ground: { top: shore + 0.05 * side, bottom: 0.98 * height, sunlit: true },
      air: { top: 0.12 * height, bottom: Math.max(0.18 * height, horizon - 0.14 * side), sunlit: false },
    },
    props,
  }
}

/** Waves in perspective: dark troughs, crests that mirror the sky, glitter, foam where it is rough. */
function paintWater({ canvas, light, random, seed }: Brief, camera: Camera, shore: number): void {
  const deep = lit(random.pick(['#1f5f86', '#2a7a8c', '#35617d', '#2b6f6a'].map(hex)), light)
  const shallow = lit(hex('#5fb7b4'), light)
  const rough = random.between(0.5, 1.15)
  const foamy = random.between(0.74, 0.95)
  paint(canvas, rows(canvas, camera.horizon, Math.min(canvas.height, shore + 14)), (x, y) => {
    const [right, ahead] = groundAt(camera, x, y)
    const bend = 2.2 * fractal(right * 0.5, ahead * 0.5, 3, seed + 20)
    const swell = 0.5 + 0.5 * Math.sin(ahead * 5.5 + bend * 4 + right * 0.8)
    const chop = fractal(right * 3.2 + bend, ahead * 9, 4, seed + 21)
    const crest = 0.45 * swell + 0.75 * chop
    const far = ramp(2, 22, ahead)
    const body = mix(deep, mix(shallow, deep, 0.4), ramp(3, 0.6, ahead) * 0.6)
    const mirrored = mix(light.haze, light.zenith, 0.35)
    const wave = mix(
      scale(body, 0.78 + 0.34 * crest * rough),
      mirrored,
      0.16 + 0.3 * far + 0.5 * rough * ramp(0.58, 0.95, crest),
    )
    const foam = ramp(foamy, foamy + 0.12, chop * rough + 0.12 * swell) * (1 - far)
    const glint = noise(x * 0.5, y * 1.3, seed + 22) > 0.93 ? 0.3 * ramp(0.5, 0.8, crest) : 0
    return mix(wave, [0.97, 0.98, 0.99], Math.max(0.85 * foam, glint))
  })
}

/** Sand, wet and dark along a wavy line of foam. */
function paintBeach({ canvas, light, random, seed }: Brief, camera: Camera, shore: number): void {
  const sand = lit(mix(hex('#dcc593'), hex('#c9ad7c'), random.next()), light)
  const wet: Colour = scale(sand, 0.66)
  const foam = lit([0.96, 0.97, 0.97], light)
  paint(canvas, rows(canvas, shore - 10, canvas.height), (x, y, under) => {
    const [right, ahead] = groundAt(camera, x, y)
    const edge = shore + 7 * (noise(x / 46, 1.5, seed + 30) - 0.5) * 2
    const inland = y - edge
    const dry = grainy(mix(wet, sand, ramp(6, 30, inland)), right, ahead, x, y, 0.3, seed + 31)
    const froth = Math.exp(-(((inland - 1) / 2.6) ** 2)) * (0.4 + 0.8 * noise(x * 0.4, y * 0.6, seed + 32))
    return mix(mix(under, dry, ramp(-1, 2, inland)), foam, froth)
  })
}
