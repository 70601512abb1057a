import type { ImagePoint } from '../../../../../shared/geometry/points'
import { VOID } from '../../../../../shared/raster/palette'
import { editorTexts } from '../../../texts/editor'
import type { OpenedPhoto } from '../desk/openedPhoto'

/** `x 12 · y 40 · cat · dog 0.83`: the pixel, its label, and the score of the class in hand. */
export function pixelReading({ editor, resources }: OpenedPhoto, [x, y]: ImagePoint, names: readonly string[]): string {
  const nameOf = (label: number) => {
    if (label === 0) return editorTexts.classes.background
    return label === VOID ? editorTexts.classes.void : (names[label - 1] ?? String(label))
  }
  const label = editor.document.labelAt(x, y)
  if (label === undefined) return ''
  const hand = editor.settings.label
  const score = resources.scores(hand)?.[y * editor.document.size.width + x]
  return [
    editorTexts.pixel(x, y),
    nameOf(label),
    ...(score === undefined ? [] : [editorTexts.score(nameOf(hand), score.toFixed(2))]),
  ].join(' · ')
}
