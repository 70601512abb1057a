/** Red, green and blue as sRGB values; 0 is black and 1 is white. */
export type Colour = readonly [red: number, green: number, blue: number]

/** `#rrggbb` as a colour. */
export function hex(text: string): Colour {
  const value = Number.parseInt(text.slice(1), 16)
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255]
}

/** `from` at 0, `to` at 1; `share` is held within them. */
export function mix(from: Colour, to: Colour, share: number): Colour {
  const t = clamp(share)
  return [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t, from[2] + (to[2] - from[2]) * t]
}

/** Brighter above 1, darker below. */
export function scale(colour: Colour, gain: number): Colour {
  return [colour[0] * gain, colour[1] * gain, colour[2] * gain]
}

/** Turns the hue by `angle` radians about the grey axis, keeping the mean of the channels. */
export function turnHue(colour: Colour, angle: number): Colour {
  const cosine = Math.cos(angle)
  const third = (1 - cosine) / 3
  const sine = Math.sin(angle) / Math.sqrt(3)
  const [red, green, blue] = colour
  return [
    red * (cosine + third) + green * (third - sine) + blue * (third + sine),
    red * (third + sine) + green * (cosine + third) + blue * (third - sine),
    red * (third - sine) + green * (third + sine) + blue * (cosine + third),
  ]
}

/** 0 is grey, 1 as it was, above 1 more vivid. */
export function saturate(colour: Colour, amount: number): Colour {
  const grey = 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]
  return [grey + (colour[0] - grey) * amount, grey + (colour[1] - grey) * amount, grey + (colour[2] - grey) * amount]
}

export function clamp(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value
}

/** 0 below `low`, 1 above `high`, an S-curve between: the edge of a soft mask. */
export function ramp(low: number, high: number, value: number): number {
  const t = clamp((value - low) / (high - low))
  return t * t * (3 - 2 * t)
}
