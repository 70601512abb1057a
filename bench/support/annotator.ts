import { Editor } from '../../src/renderer/src/editor/core/editor'
import { LabelDocument } from '../../src/renderer/src/editor/core/labelDocument'
import type { ToolId } from '../../src/renderer/src/editor/core/tool'
import { imagePoint, type ImagePoint } from '../../src/shared/geometry/points'
import { confusion } from '../../src/shared/metrics/confusion'
import { connectedComponents, type Component } from '../../src/shared/raster/connectedComponents'
import { forEachDeltaRun, type LabelDelta } from '../../src/shared/raster/labelDelta'
import { VOID } from '../../src/shared/raster/palette'
import { eroded } from '../../src/shared/raster/morphology'
import { isEmptyRegion } from '../../src/shared/raster/region'
import { scoresAtPhotoSize, type ScoreGrid } from '../../src/shared/raster/labelsFromScores'
import type { Size } from '../../src/shared/raster/size'

/** A part of fewer wrong pixels is not worth a gesture. */
const SMALLEST_ERROR = 60
/** Where the score of a class is cut when it is painted with: what a person tries with `-` and `=`. */
const THRESHOLDS = [0.05, 0.1, 0.2, 0.3, 0.45, 0.6]

/** One gesture: a press, perhaps a stroke, a release. */
interface Gesture {
  readonly tool: ToolId
  readonly label: number
  readonly from: ImagePoint
  readonly to: ImagePoint
  /** Pixels across. */
  readonly size: number
  readonly threshold: number
}

/**
 * Corrects one mask as a person with the truth before their eyes would: takes the largest connected part that is wrong in
 * the same way and paints it, with a brush, the eraser or threshold paint, whichever sets most right.
 */
export class SimulatedAnnotator {
  readonly #editor: Editor
  readonly #truth: Uint8Array
  readonly #classes: number
  readonly #size: Size
  readonly #scored: ReadonlySet<number>

  constructor(
    mask: Size & { readonly labels: Uint8Array },
    truth: Uint8Array,
    grid: ScoreGrid | undefined,
    classes: number,
  ) {
    this.#size = { width: mask.width, height: mask.height }
    this.#truth = truth
    this.#classes = classes
    this.#scored = new Set(Array.from(grid?.keys ?? [], key => key + 1))
    const maps = grid && scoresAtPhotoSize(grid, this.#size)
    const rows = new Map(Array.from(grid?.keys ?? [], (key, row) => [key + 1, row]))
    const pixels = truth.length
    this.#editor = new Editor({
      document: new LabelDocument(this.#size, mask.labels.slice()),
      resources: {
        scores: label => {
          const row = rows.get(label)
          return row === undefined ? undefined : maps?.subarray(row * pixels, (row + 1) * pixels)
        },
        photo: () => undefined,
        superpixels: () => undefined,
      },
      tell: () => undefined,
    })
  }

  /** Makes gestures as long as they help. @returns the confusion before the first and after each */
  correct(most: number): Float64Array[] {
    const course = [this.#confusion()]
    for (let gesture = 0; gesture < most; gesture++) {
      const error = this.#largestError()
      const best = error && this.#best(error)
      if (!best) break
      this.#make(best)
      course.push(this.#confusion())
    }
    return course
  }

  #confusion(): Float64Array {
    return confusion(this.#truth, this.#labels(), this.#classes)
  }

  #labels(): Uint8Array {
    return this.#editor.document.labels as Uint8Array
  }

  /** The largest part in which one label stands for one other; labelled with the true one. */
  #largestError(): Component | undefined {
    const labels = this.#labels()
    const wrong = Uint16Array.from(this.#truth, (truth, i) =>
      truth === VOID || truth === labels[i] ? 0xffff : truth * 256 + labels[i]!,
    )
    const parts = connectedComponents(wrong, this.#size, true, pair => pair !== 0xffff)
    const largest = parts.reduce<Component | undefined>((best, part) => (part.pixels > (best?.pixels ?? 0) ? part : best), undefined) // prettier-ignore
    return largest && largest.pixels >= SMALLEST_ERROR ? { ...largest, label: largest.label >> 8 } : undefined
  }

  /** The gesture that sets most pixels right; undefined where each does harm. */
  #best(error: Component): Gesture | undefined {
    let best: Gesture | undefined
    let most = 0
    for (const gesture of this.#candidates(error)) {
      const made = this.#make(gesture)
      if (!made) continue
      const gain = this.#gainOf(made)
      this.#editor.undo()
      if (gain > most) [best, most] = [gesture, gain]
    }
    return best
  }

  #candidates(error: Component): Gesture[] {
    const { label, bounds } = error
    const inner = innermost(error, this.#size)
    const [a, b] = longAxis(error)
    const base = { label, threshold: 0 }
    const paint = label === 0 ? 'eraser' : 'brush'
    const middle = imagePoint((bounds.x0 + bounds.x1) / 2, (bounds.y0 + bounds.y1) / 2)
    const whole = Math.hypot(bounds.x1 - bounds.x0, bounds.y1 - bounds.y0)
    const strokes: Gesture[] = [1, 1.4].flatMap(wider => [
      { ...base, tool: paint, from: inner.at, to: inner.at, size: 2 * inner.radius * wider },
      { ...base, tool: paint, from: a, to: b, size: 2 * inner.radius * wider },
      { ...base, tool: paint, from: a, to: inner.at, size: 2 * inner.radius * wider },
    ])
    if (!this.#scored.has(label)) return strokes
    const scored = THRESHOLDS.flatMap((threshold): Gesture[] => [
      { tool: 'threshold-paint', label, threshold, from: middle, to: middle, size: whole },
      { tool: 'threshold-paint', label, threshold, from: inner.at, to: inner.at, size: 3 * inner.radius },
    ])
    return [...strokes, ...scored]
  }

  /** @returns what it changed; undefined: nothing */
  #make({ tool, label, from, to, size, threshold }: Gesture): LabelDelta | undefined {
    const editor = this.#editor
    const brush = { size, shape: 'round' as const }
    const before = editor.history.position
    editor.configure({ label, threshold, brush, eraser: brush })
    editor.choose(tool)
    editor.press({ point: from })
    editor.release({ point: to })
    return editor.history.position > before ? editor.history.steps.at(-1)!.delta : undefined
  }

  /** Pixels that a change set right, less those that it set wrong. */
  #gainOf(delta: LabelDelta): number {
    let gain = 0
    forEachDeltaRun(delta, (start, end, before, after) => {
      for (let at = start; at < end; at++) {
        const truth = this.#truth[at]!
        if (truth !== VOID) gain += Number(truth === after) - Number(truth === before)
      }
    })
    return gain
  }
}

/** A place furthest inside, and about how far it is from the rim: the largest disc of whole pixels that fits. */
function innermost({ region, bounds }: Component, size: Size): { readonly at: ImagePoint; readonly radius: number } {
  let inside = region
  let radius = 0
  let tooLarge = Math.min(bounds.x1 - bounds.x0, bounds.y1 - bounds.y0)
  while (radius + 1 < tooLarge) {
    const middle = (radius + tooLarge) >> 1
    const rest = eroded(region, middle, size)
    if (isEmptyRegion(rest)) tooLarge = middle
    else [radius, inside] = [middle, rest]
  }
  const [y, x0, x1] = [inside.runs[0]!, inside.runs[1]!, inside.runs[2]!]
  return { at: imagePoint((x0 + x1) / 2, y + 0.5), radius: Math.max(1, radius + 0.5) }
}

/** The ends of a part along the direction in which it is longest, drawn in by a tenth. */
function longAxis({ region: { runs }, pixels }: Component): readonly [ImagePoint, ImagePoint] {
  let [sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0]
  for (let i = 0; i < runs.length; i += 3) {
    const y = runs[i]! + 0.5
    for (let x = runs[i + 1]! + 0.5; x < runs[i + 2]!; x++) {
      sx += x
      sy += y
      sxx += x * x
      syy += y * y
      sxy += x * y
    }
  }
  const [cx, cy] = [sx / pixels, sy / pixels]
  const [xx, yy, xy] = [sxx / pixels - cx * cx, syy / pixels - cy * cy, sxy / pixels - cx * cy]
  // The direction of the largest variance, and two of its standard deviations: most of a bar is √3 of them long.
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy)
  const spread = Math.sqrt(Math.max(0, (xx + yy) / 2 + Math.hypot((xx - yy) / 2, xy)))
  const [dx, dy] = [Math.cos(angle) * 1.5 * spread, Math.sin(angle) * 1.5 * spread]
  return [imagePoint(cx - dx, cy - dy), imagePoint(cx + dx, cy + dy)]
}
