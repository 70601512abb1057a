import { expect, test } from 'vitest'
import { darkColours, lightColours } from './tokens'

/** WCAG 2.2's contrast of two colours, 1 … 21. */
function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map(at => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

test('contrast is as WCAG works it out', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

const themes = [
  ['dark', darkColours],
  ['light', lightColours],
] as const
const grounds = ['background', 'surface', 'surface-bright'] as const

test.each(themes)('%s: words read on every ground (4.5 to 1)', (_, colours) => {
  for (const ink of ['on-surface-variant', 'primary', 'error', 'warning', 'success', 'info'] as const)
    for (const ground of grounds)
      expect(contrast(colours[ink], colours[ground]), `${ink} on ${ground}`).toBeGreaterThan(4.5)
})

test.each(themes)('%s: what can be pressed is seen on every ground (3 to 1)', (_, colours) => {
  for (const ground of grounds) expect(contrast(colours.outline, colours[ground]), ground).toBeGreaterThan(3)
  expect(contrast(colours['on-primary'], colours.primary)).toBeGreaterThan(4.5)
})
