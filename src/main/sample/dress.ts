import { mix, ramp, saturate, scale, turnHue } from './colour'
import type { Cutout } from './cutout'
import type { Light } from './light'
import { fractal, noise } from './noise'

/** What sets one object apart from the next that has the same icon. */
export interface Look {
  /** Radians. What is blue by nature (glass, mostly) keeps its colour unless `turnsBlue`. */
  readonly hue: number
  readonly turnsBlue: boolean
  readonly saturation: number
  readonly brightness: number
  /** Strength of the surface texture, and its cells over the object's height. */
  readonly texture: readonly [strength: number, cells: number]
  /** Share of the haze that lies over it, 0 … 1: far things fade. */
  readonly haze: number
  readonly seed: number
}

/** Gives a cut-out its colour, its texture and the light that falls on it. Alpha stays as it is. */
export function dress(cutout: Cutout, look: Look, light: Light): void {
  const { width, height, pixels } = cutout
  const [strength, cells] = look.texture
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3]!
    if (alpha === 0) continue
    const column = (at / 4) % width
    const row = Math.floor(at / 4 / width)
    const u = column / width
    const v = row / height
    const grain = noise(u * cells * 1.6, v * cells * 0.7, look.seed) - 0.5
    const patches = fractal(u * 4, v * 4, 3, look.seed + 9) - 0.5
    const lit = 1 + 0.24 * light.contrast * (light.side * (2 * u - 1) + (1 - 2 * v))
    const gain = look.brightness * lit * (1 + strength * (grain + patches))
    const bare = [pixels[at]! / alpha, pixels[at + 1]! / alpha, pixels[at + 2]! / alpha] as const
    const warm = look.turnsBlue ? 1 : ramp(-0.02, 0.12, bare[0] - bare[2])
    const own = scale(saturate(turnHue(bare, look.hue * warm), look.saturation), gain)
    const tinted = [own[0] * light.tint[0], own[1] * light.tint[1], own[2] * light.tint[2]] as const
    const seen = mix(tinted, light.haze, look.haze)
    for (let channel = 0; channel < 3; channel++)
      pixels[at + channel] = Math.min(1, Math.max(0, seen[channel]!)) * alpha
  }
}
