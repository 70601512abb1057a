import {
  interpolateCividis,
  interpolateInferno,
  interpolateMagma,
  interpolatePlasma,
  interpolateTurbo,
  interpolateViridis,
} from 'd3-scale-chromatic'

/** Perceptually uniform first; turbo and jet, which invent edges, for those who must compare with older pictures. */
export const colourMapNames = ['viridis', 'magma', 'inferno', 'plasma', 'cividis', 'turbo', 'jet'] as const
export type ColourMapName = (typeof colourMapNames)[number]

const interpolators: Readonly<Record<ColourMapName, (t: number) => string>> = {
  viridis: interpolateViridis,
  magma: interpolateMagma,
  inferno: interpolateInferno,
  plasma: interpolatePlasma,
  cividis: interpolateCividis,
  turbo: interpolateTurbo,
  jet: interpolateJet,
}

const tables = new Map<ColourMapName, Uint8Array>()

/** Colours of the values 0, 1/255 … 1 of the scale: `[256, 4]`, opaque RGBA. */
export function colourTable(name: ColourMapName): Uint8Array {
  const known = tables.get(name)
  if (known) return known
  const table = new Uint8Array(256 * 4)
  for (let i = 0; i < 256; i++) table.set([...parseColour(interpolators[name](i / 255)), 255], i * 4)
  tables.set(name, table)
  return table
}

/** `#440154` or `rgb(68, 1, 84)`: d3 writes both. */
function parseColour(text: string): readonly [number, number, number] {
  const numbers = text.startsWith('#')
    ? [1, 3, 5].map(at => Number.parseInt(text.slice(at, at + 2), 16))
    : (text.match(/\d+/g) ?? []).map(Number)
  return [numbers[0]!, numbers[1]!, numbers[2]!]
}

/** MATLAB's jet: three trapezoids a quarter of the scale apart. */
function interpolateJet(t: number): string {
  const channel = (centre: number) => Math.round(255 * Math.min(1, Math.max(0, 1.5 - Math.abs(4 * t - centre))))
  return `rgb(${channel(3)}, ${channel(2)}, ${channel(1)})`
}
