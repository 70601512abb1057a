import { currentEngine } from '../../engine/current'
import type { ClassColumns, PrototypeMatrix } from './activation'
import type { LpcamOptions } from './options'
import type { ClassCentres, ClassPrototypeReport } from '../../artifacts/prototypes'
import { meanDirection } from './selectPrototypes'

/** The columns one class contributes, each `[d]`. */
export interface ClassDirections {
  readonly foreground: readonly Float32Array[]
  readonly context: readonly Float32Array[]
}

/**
 * The directions of one class's selected prototypes. With `aggregate: mean` all of them fold into one column,
 * v = mean of the class's unit prototypes − mean of its context's (README).
 */
export function classDirections(
  { foreground, context }: ClassCentres,
  report: Pick<ClassPrototypeReport, 'foreground' | 'context'>,
  { aggregate, mode }: Pick<LpcamOptions, 'aggregate' | 'mode'>,
  channels: number,
): ClassDirections {
  const contextSelected = mode === 'lpcam-f' ? report.context.selected.map(() => false) : report.context.selected
  if (aggregate === 'max')
    return {
      foreground: units(foreground, report.foreground.selected, channels),
      context: units(context, contextSelected, channels),
    }
  const own = meanDirection(foreground, report.foreground.selected, channels)
  const around = meanDirection(context, contextSelected, channels)
  return { foreground: [own.map((value, d) => value - around[d]!)], context: [] }
}

/** Puts the columns of several classes side by side; the caller disposes `directions`. */
export function prototypeMatrix(classes: readonly ClassDirections[], channels: number): PrototypeMatrix {
  const { tf } = currentEngine()
  const rows = classes.flatMap(({ foreground, context }) => [...foreground, ...context])
  const data = new Float32Array(rows.length * channels)
  rows.forEach((row, i) => data.set(row, i * channels))
  const columns: ClassColumns[] = classes.map(({ foreground, context }) => ({
    foreground: foreground.length,
    context: context.length,
  }))
  return { directions: tf.tidy(() => tf.tensor2d(data, [rows.length, channels]).transpose()), columns }
}

function units(centres: Float32Array, selected: readonly boolean[], channels: number): Float32Array[] {
  return selected.flatMap((keep, k) =>
    keep ? [meanDirection(centres.subarray(k * channels, (k + 1) * channels), [true], channels)] : [],
  )
}

/** Every centre's direction, chosen or not, one after the other; zeros for a centre that holds NaN. */
export function allDirections(centres: Float32Array, channels: number): Float32Array[] {
  const count = centres.length / channels
  return units(centres, new Array<boolean>(count).fill(true), channels)
}
