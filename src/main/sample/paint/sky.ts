import { paint, rows } from '../canvas'
import type { Canvas } from '../canvas'
import { mix, ramp, scale } from '../colour'
import type { Light } from '../light'
import { fractal } from '../noise'
import type { Brief, Stage } from '../stage'

/** The sky from the top of the photo down to the horizon: paler below, with clouds that shrink towards it. */
export function paintSky(canvas: Canvas, horizon: number, light: Light, seed: number): void {
  const span = Math.max(40, horizon)
  const size = 0.9 * Math.max(canvas.width, canvas.height)
  const cover = 0.68 - 0.34 * light.cloudiness
  paint(canvas, rows(canvas, 0, horizon), (x, y) => {
    const height = (horizon - y) / span
    const blue = mix(light.haze, light.zenith, height ** 0.8)
    const distance = 1 / (0.3 + Math.max(0, horizon - y) / size)
    const u = ((x - canvas.width / 2) / size) * distance * 2.2
    const density = fractal(u, distance * 3, 5, seed)
    const inside = ramp(cover - 0.06, cover + 0.16, density)
    if (inside === 0) return blue
    const towardsLight = fractal(u + light.side * 0.12, distance * 3 + 0.12, 4, seed)
    const cloud = scale(light.cloud, 0.97 - 0.9 * Math.max(0, towardsLight - cover - 0.04))
    return mix(blue, mix(cloud, light.haze, 0.35 * (1 - height)), inside * 0.92)
  })
}

/** Nothing but sky, seen from below or from a hill. */
export function paintSkyScene({ canvas, light, random, seed }: Brief): Stage {
  const horizon = canvas.height * random.between(1.05, 1.6)
  paintSky(canvas, horizon, light, seed)
  return {
    camera: { horizon, eyeHeight: 2, focal: canvas.width, centre: canvas.width / 2 },
    zones: { air: { top: 0.25 * canvas.height, bottom: 0.8 * canvas.height, sunlit: false } },
    props: [],
  }
}
