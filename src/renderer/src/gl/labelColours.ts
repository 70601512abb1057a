import type { LabelColours } from './scene'

/** Colours by row of the maps instead of by label: row r has the colour of label `keys[r] + 1`, background first. */
export function coloursByRow(keys: Int32Array, colours: LabelColours): LabelColours {
  const rows = new Uint8Array(256 * 4)
  rows.set(colours.subarray(0, 4))
  for (const [row, key] of keys.entries()) rows.set(colours.subarray((key + 1) * 4, (key + 2) * 4), (row + 1) * 4)
  return rows
}
