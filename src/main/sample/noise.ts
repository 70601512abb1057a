/** Smooth noise on the plane: deterministic, endless, cheap enough for every pixel. */

/** The value at a lattice corner, in [0, 1). */
function corner(column: number, row: number, seed: number): number {
  let hash = Math.imul(column, 0x27d4eb2d) ^ Math.imul(row, 0x165667b1) ^ seed
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296
}

/** Value noise in [0, 1] whose blobs are about one unit wide. */
export function noise(x: number, y: number, seed: number): number {
  const column = Math.floor(x)
  const row = Math.floor(y)
  const right = smooth(x - column)
  const down = smooth(y - row)
  const upper = corner(column, row, seed) * (1 - right) + corner(column + 1, row, seed) * right
  const lower = corner(column, row + 1, seed) * (1 - right) + corner(column + 1, row + 1, seed) * right
  return upper * (1 - down) + lower * down
}

/** Octaves of noise, each half as strong and twice as fine as the one before; in [0, 1], mean 0.5. */
export function fractal(x: number, y: number, octaves: number, seed: number): number {
  let sum = 0
  let weight = 1
  let total = 0
  for (let octave = 0; octave < octaves; octave++) {
    const scale = 2 ** octave
    sum += weight * noise(x * scale + octave * 17.3, y * scale - octave * 9.1, seed + octave)
    total += weight
    weight /= 2
  }
  return sum / total
}

/** A number in [0, 1) that belongs to a whole cell: the tint of one tile, plank or window. */
export function cellValue(column: number, row: number, seed: number): number {
  return corner(column, row, seed)
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t)
}
