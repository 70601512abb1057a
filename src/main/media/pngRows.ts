/**
 * Takes the rows' filters back (ISO/IEC 15948, 9.2).
 *
 * @param rows each behind the byte that names its filter
 * @param step bytes from a pixel to the next, at least 1
 * @returns    `[height, rowBytes]`
 * @throws an error that names a filter which is none
 */
export function unfilterRows(rows: Uint8Array, rowBytes: number, height: number, step: number): Uint8Array {
  const data = new Uint8Array(rowBytes * height)
  for (let y = 0; y < height; y++) {
    const from = y * (rowBytes + 1)
    const filter = rows[from]!
    const line = y * rowBytes
    data.set(rows.subarray(from + 1, from + 1 + rowBytes), line)
    if (filter > 0) takeBack(filter, data, line, rowBytes, step)
  }
  return data
}

/** @param line where the row begins that still holds differences */
function takeBack(filter: number, data: Uint8Array, line: number, rowBytes: number, step: number): void {
  if (filter > 4) throw new Error(`it has a row of the filter ${filter}`)
  for (let i = 0; i < rowBytes; i++) {
    const left = i < step ? 0 : data[line + i - step]!
    const up = line === 0 ? 0 : data[line + i - rowBytes]!
    const corner = line === 0 || i < step ? 0 : data[line + i - rowBytes - step]!
    data[line + i]! += predicted(filter, left, up, corner)
  }
}

/** 1: left; 2: up; 3: their mean; 4: Paeth's choice of the three. */
function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  const estimate = left + up - corner
  const [toLeft, toUp, toCorner] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}
