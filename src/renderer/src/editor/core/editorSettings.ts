import { superpixelQuerySchema } from '../../../../shared/contract/superpixels'

/** A brush of its own size, in pixels of the photo across. */
export interface BrushSettings {
  readonly size: number
  readonly shape: 'round' | 'square'
}

/** What tools paint with and how; one for all photos, so that nothing changes when the next one opens. */
export interface EditorSettings {
  /** The label that tools give: 0 background, 1 … C, or void. */
  readonly label: number
  readonly brush: BrushSettings
  readonly eraser: BrushSettings
  /** A string's length in CSS px between the pointer and the brush that it pulls: 0 follows at once. */
  readonly stabiliser: number
  /** Whether a pen's pressure changes the brush's size. */
  readonly pressure: boolean
  /** Threshold paint: the least score of the class that is painted, 0 … 1. */
  readonly threshold: number
  /** Wand: by how much each of red, green and blue may differ from the pixel clicked, 0 … 255. */
  readonly tolerance: number
  /** Fill and wand: whether pixels that touch at corners only are connected. */
  readonly diagonal: boolean
  /** Wand: only what is connected to the pixel clicked, or the whole photo. */
  readonly contiguous: boolean
  /** Superpixels: pixels of the photo from one to the next. */
  readonly spacing: number
  /** Grow: how far from the seed, in pixels of a photo without edges. */
  readonly reach: number
  /** Grow: the difference between two neighbouring pixels that makes a step twice as long, 1 … 255. */
  readonly contrast: number
  /** Grow: only into pixels whose score for the class is at least `threshold`. */
  readonly withinScores: boolean
  /** CSS px of a pixel of the photo on the screen. */
  readonly zoom: number
}

/** Range and step of every number, for sliders and for keys; what is set beyond it becomes the nearest bound. */
export const settingBounds = {
  brushSize: { least: 1, most: 1024, step: 1 },
  stabiliser: { least: 0, most: 100, step: 1 },
  threshold: { least: 0, most: 1, step: 0.01 },
  tolerance: { least: 0, most: 255, step: 1 },
  spacing: { least: 4, most: 200, step: 1 },
  reach: { least: 1, most: 1000, step: 1 },
  contrast: { least: 1, most: 255, step: 1 },
} as const

export const defaultSettings: EditorSettings = {
  label: 1,
  brush: { size: 24, shape: 'round' }, // a twentieth of a photo of 500 px: an ear, a leg
  eraser: { size: 16, shape: 'round' }, // what is too much is mostly a rim
  stabiliser: 0,
  pressure: true, // only pens report it
  threshold: 0.3, // LPCAM's background threshold: what lies above is what its masks show
  tolerance: 24, // about the spread of a plain coat or a wall in a JPEG
  diagonal: false,
  contiguous: true,
  spacing: superpixelQuerySchema.parse({}).spacing,
  reach: 60, // an animal's body from a stroke along its back in a photo of 500 px
  contrast: 12, // noise and fur of a JPEG stay below, outlines are several times as much
  withinScores: false,
  zoom: 1,
}

/** Settings with `changes`, numbers kept within their bounds. */
export function changedSettings(settings: EditorSettings, changes: Partial<EditorSettings>): EditorSettings {
  const next = { ...settings, ...changes }
  return {
    ...next,
    brush: boundedBrush(next.brush),
    eraser: boundedBrush(next.eraser),
    stabiliser: bounded('stabiliser', next.stabiliser),
    threshold: bounded('threshold', next.threshold),
    tolerance: bounded('tolerance', next.tolerance),
    spacing: bounded('spacing', Math.round(next.spacing)),
    reach: bounded('reach', next.reach),
    contrast: bounded('contrast', next.contrast),
  }
}

function boundedBrush(brush: BrushSettings): BrushSettings {
  return { ...brush, size: bounded('brushSize', Math.round(brush.size)) }
}

function bounded(name: keyof typeof settingBounds, value: number): number {
  const { least, most } = settingBounds[name]
  return Math.min(Math.max(value, least), most)
}

/** A brush one step larger or smaller: about an eighth, at least a pixel, so that small sizes are all reached. */
export function steppedSize(size: number, direction: 1 | -1): number {
  const next =
    direction === 1 ? Math.max(size + 1, Math.round(size * 1.125)) : Math.min(size - 1, Math.round(size / 1.125))
  return bounded('brushSize', next)
}
