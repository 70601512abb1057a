/** Softmax of every row, in place. @param energies `[rows, columns]` */
export function softmaxRows(energies: Float32Array, columns: number): Float32Array {
  for (let row = 0; row < energies.length; row += columns) {
    let largest = energies[row]!
    for (let i = row + 1; i < row + columns; i++) if (energies[i]! > largest) largest = energies[i]!
    let sum = 0
    for (let i = row; i < row + columns; i++) sum += energies[i] = expOfNegative(energies[i]! - largest)
    const share = 1 / sum
    for (let i = row; i < row + columns; i++) energies[i]! *= share
  }
  return energies
}

/** 2^-n; below 2^-126 float32 would lose digits, and a marginal that small is none. */
const halves = Float64Array.from({ length: 127 }, (_, n) => 2 ** -n)

/**
 * e^x for x ≤ 0, within 2e-7 of its value: x = r − n·ln 2 with |r| ≤ ½ ln 2, and Taylor's polynomial of e^r to r⁶.
 * Math.exp takes three times as long, and an update calls it once a pixel and label.
 */
export function expOfNegative(x: number): number {
  const n = Math.floor(0.5 - x * Math.LOG2E)
  if (!(n < halves.length)) return 0
  const r = x + n * Math.LN2
  const power = 1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r / 720)))))
  return power * halves[n]!
}
