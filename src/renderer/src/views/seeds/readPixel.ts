import { labelsFromScores } from '../../../../shared/raster/labelsFromScores'
import type { ImagePoint } from '../../../../shared/geometry/points'
import { VOID } from '../../../../shared/raster/palette'
import { scoresAtPixel } from '../../../../shared/raster/scoresAtPixel'
import type { Size } from '../../../../shared/raster/size'
import { seedsTexts } from '../../texts/seeds'
import type { Side } from '../shared/photoSides'

/** Scores that are said; the panel shows all. */
const mostSaid = 3

/** The scores of a side at a pixel, by place of the class. */
export function scoresOf({ content }: Side, photo: Size, [x, y]: ImagePoint): ReadonlyMap<number, number> {
  if (content.kind !== 'scores') return new Map()
  const scores = scoresAtPixel(content.maps, photo, x, y)
  return new Map([...content.maps.keys].map((place, row) => [place, scores[row]!]))
}

/** `x 12 · y 40 · cat 0.83 · dog 0.12 · label cat`: what one side says of a pixel. */
export function pixelSentence(
  side: Side,
  photo: Size,
  pixel: ImagePoint,
  threshold: number,
  names: readonly string[],
): string {
  const [x, y] = pixel
  const { content } = side
  const parts = [seedsTexts.pixel(x, y)]
  if (content.kind === 'labels') parts.push(labelName(content.image.labels[y * photo.width + x]!, names))
  if (content.kind === 'edges') parts.push(seedsTexts.edge(scoresAtPixel(content.grid, photo, x, y)[0]!.toFixed(2)))
  if (content.kind === 'scores') {
    const scores = scoresOf(side, photo, pixel)
    const best = [...scores].sort(([, a], [, b]) => b - a).slice(0, mostSaid)
    parts.push(...best.map(([place, score]) => `${names[place] ?? place} ${score.toFixed(2)}`))
    parts.push(`${seedsTexts.label} ${labelName(labelAt(scores, threshold), names)}`)
  }
  return parts.join(' · ')
}

/** One pixel through the very function that makes masks. */
function labelAt(scores: ReadonlyMap<number, number>, threshold: number): number {
  const grid = { keys: Int32Array.from(scores.keys()), maps: Float32Array.from(scores.values()), width: 1, height: 1 }
  return labelsFromScores(grid, { width: 1, height: 1 }, threshold)[0]!
}

function labelName(label: number, names: readonly string[]): string {
  if (label === 0) return seedsTexts.background
  return label === VOID ? seedsTexts.void : (names[label - 1] ?? String(label))
}
