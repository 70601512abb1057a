import { WorkbenchError } from '../../../shared/errors'
import type { Corner } from '../../../shared/raster/polygonRegion'
import type { Size } from '../../../shared/raster/size'
import { outlineRegion } from '../outlineRegion'
import type { Shape } from '../shape'

/** The objects of a photo; a row of a class and four numbers is a box, of which nobody knows which pixels count. */
export function parseRows(text: string, classes: readonly string[]): readonly Shape[] {
  const rows = text.split(/\r?\n/).filter(row => row.trim() !== '')
  return rows.map((row, place) => {
    const numbers = row.trim().split(/\s+/).map(Number)
    const refuse = (why: string) => new WorkbenchError('BAD_INPUT', `row ${place + 1} ${why}`)
    const [index = -1, ...shares] = numbers
    const name = classes[index]
    if (numbers.some(value => !Number.isFinite(value))) throw refuse('holds something else than numbers')
    if (name === undefined) throw refuse(`is of class ${index}, and data.yaml names ${classes.length}`)
    if (shares.some(share => share < -0.01 || share > 1.01))
      throw refuse('has pixels where shares of the photo (0 … 1) are wanted')
    if (shares.length === 4)
      return { name, vague: true, region: size => outlineRegion(scaled(boxCorners(shares), size), size) }
    if (shares.length < 6 || shares.length % 2 === 1)
      throw refuse(`has ${shares.length} numbers behind its class: an outline has pairs, three at least`)
    return { name, region: size => outlineRegion(scaled(cornersOfShares(shares), size), size) }
  })
}

function cornersOfShares(shares: readonly number[]): Corner[] {
  return Array.from({ length: shares.length / 2 }, (_, i) => [shares[2 * i]!, shares[2 * i + 1]!] as const)
}

/** Middle, width and height. */
function boxCorners(shares: readonly number[]): Corner[] {
  const [x, y, width, height] = shares as [number, number, number, number]
  const [left, right, top, bottom] = [x - width / 2, x + width / 2, y - height / 2, y + height / 2]
  return [[left, top], [right, top], [right, bottom], [left, bottom]] // prettier-ignore
}

function scaled(corners: readonly Corner[], { width, height }: Size): Corner[] {
  return corners.map(([x, y]) => [x * width, y * height])
}
