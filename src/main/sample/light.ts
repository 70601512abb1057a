import { hex } from './colour'
import type { Colour } from './colour'
import type { Random } from './random'

/** The weather and hour of one photo. */
export interface Light {
  readonly zenith: Colour
  /** The sky just above the horizon, which far things fade into. */
  readonly haze: Colour
  readonly cloud: Colour
  /** Multiplies what the light falls on. */
  readonly tint: Colour
  /** −1 from the left, 1 from the right. */
  readonly side: number
  /** How dark shadows are, 0 … 1. */
  readonly contrast: number
  /** Share of the sky under cloud, 0 … 1. */
  readonly cloudiness: number
}

const hours = [
  { zenith: '#3f7fc9', haze: '#bcd9ee', cloud: '#ffffff', tint: '#ffffff', contrast: 0.5 },
  { zenith: '#5a97d6', haze: '#d6e6ef', cloud: '#fbfbff', tint: '#fffdf6', contrast: 0.42 },
  { zenith: '#8797a8', haze: '#c3ccd3', cloud: '#e8ebee', tint: '#eef1f6', contrast: 0.25 },
  { zenith: '#5c74a8', haze: '#f3c58f', cloud: '#ffdcae', tint: '#ffe3bd', contrast: 0.5 },
  { zenith: '#43507f', haze: '#d79a94', cloud: '#c99aa6', tint: '#d5c4d6', contrast: 0.36 },
] as const
/** Clear day, soft day, overcast, golden hour, dusk: most photos are taken by day. */
const hourOrder = [0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4] as const

export function drawLight(random: Random): Light {
  const hour = hours[random.pick(hourOrder)]!
  return {
    zenith: hex(hour.zenith),
    haze: hex(hour.haze),
    cloud: hex(hour.cloud),
    tint: hex(hour.tint),
    contrast: hour.contrast * random.between(0.8, 1.15),
    side: random.chance(0.5) ? -1 : 1,
    cloudiness: random.between(0.15, 0.75),
  }
}
