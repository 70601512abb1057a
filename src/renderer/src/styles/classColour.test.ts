import { expect, test } from 'vitest'
import { classColour } from './classColour'

type Triple = readonly [number, number, number]

/** OKLCH text → what a screen shows of it, in OKLab (bottosson.github.io/posts/oklab): beyond sRGB it is clipped. */
function shown(text: string): Triple {
  const [lightness, chroma, hue] = /oklch\((\S+) (\S+) (\S+)\)/.exec(text)!.slice(1).map(Number) as [
    number,
    number,
    number,
  ]
  const angle = (hue * Math.PI) / 180
  const rgb = toLinearRgb([lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)])
  return toLab(rgb.map(value => Math.min(1, Math.max(0, value))) as unknown as Triple)
}

function toLinearRgb([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

function toLab([red, green, blue]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** The smallest distance between two of the first `count` classes. */
function smallestDistance(count: number): number {
  const colours = Array.from({ length: count }, (_, place) => shown(classColour(place)))
  const distances = colours.flatMap((one, i) =>
    colours.slice(0, i).map(other => Math.hypot(...one.map((value, axis) => value - other[axis]!))),
  )
  return Math.min(...distances)
}

// An edge between two colours can just be seen at a distance of about 0.02 in OKLab.
test.each([
  [6, 0.09],
  [20, 0.075],
  [40, 0.04],
  [81, 0.025],
  [200, 0.015],
])('%i classes are %f or more apart', (count, distance) => {
  expect(smallestDistance(count)).toBeGreaterThanOrEqual(distance)
})

test('a class has the same colour on every day', () => {
  expect(classColour(7)).toBe(classColour(7))
  expect(classColour(0)).not.toBe(classColour(1))
})
