/** Softmax of every row, in place. @param energies `[rows, columns]` */
export function softmaxRows(energies: Float32Array, columns: number): Float32Array {
  for (let row = 0; row < energies.length; row += columns) {
    let largest = energies[row]!
    for (let i = row + 1; i < row + columns; i++) if (energies[i]! > largest) largest = energies[i]!
    let sum = 0
    for (let i = row; i < row + columns; i++) sum += energies[i] = Math.exp(energies[i]! - largest)
    for (let i = row; i < row + columns; i++) energies[i]! /= sum
  }
  return energies
}
