import type { ImagePoint } from '../../../../shared/geometry/points'
import type { Region } from '../../../../shared/raster/region'
import type { EditorSettings } from './editorSettings'
import type { LabelDocument } from './labelDocument'

/** Every tool, in the order in which the column shows them. */
export const toolIds = [
  'brush',
  'eraser',
  'void-brush',
  'polygon-add',
  'polygon-subtract',
  'fill',
  'wand',
  'superpixel',
  'threshold-paint',
  'grow',
  'replace',
  'pick',
  'paste',
] as const
export type ToolId = (typeof toolIds)[number]

/** Where the pointer is, and how hard it presses. */
export interface Pointer {
  readonly point: ImagePoint
  /** 0 … 1 of a pen or a finger that is measured; undefined of a mouse. */
  readonly pressure?: number | undefined
}

/** Keys that a tool in progress knows; Esc is the editor's own and cancels. */
export type ToolKey = 'Enter' | 'Backspace'

/** Pixels and the label that they get. */
export interface LabelledRegion {
  readonly region: Region
  readonly label: number
}

/** What a tool shows of what it would do: the renderer draws it over the mask, the document knows nothing of it. */
export interface Preview {
  /** Pixels that would get other labels. */
  readonly regions?: readonly LabelledRegion[]
  /** The brush: a ring or a square of so many pixels across; `at` is where it would paint. */
  readonly brush?: { readonly at: ImagePoint; readonly size: number; readonly shape: 'round' | 'square' }
  /** The string of the stabiliser, from the brush to the pointer. */
  readonly string?: readonly [from: ImagePoint, to: ImagePoint]
  /** A polygon in progress; its last point follows the pointer. */
  readonly outline?: {
    readonly points: readonly ImagePoint[]
    /** Whether a press here would close it. */
    readonly closes: boolean
    readonly label: number
  }
}

/** Why a tool did nothing; the screen has a sentence for each. */
export type Refusal =
  | 'label-locked' // the label that it would give is locked
  | 'no-scores' // the photo has no map of the class
  | 'no-photo' // its pixels are not there yet
  | 'no-superpixels' // they are not there yet
  | 'nothing-copied' // there is nothing to paste
  | 'nothing-there' // no pixel would change, or the class has none
  | 'outside' // the pointer is not on the photo
  | 'polygon-too-small' // fewer than three corners

/** A photo's colours, as a canvas (4 values a pixel) or a decoder (3) gives them. */
export interface PhotoPixels {
  /** `[height, width, channels]`, 0 … 255: red, green, blue, and what is not looked at. */
  readonly data: Uint8Array | Uint8ClampedArray
  readonly channels: 3 | 4
}

/** What the screen knows of the photo beside its mask; undefined while it is not loaded, or where there is none. */
export interface PhotoResources {
  /** Scores of a label at the photo's size, `[height * width]`, 0 … 1. */
  readonly scores: (label: number) => Float32Array | undefined
  /** The photo itself, at the mask's size. */
  readonly photo: () => PhotoPixels | undefined
  /** `[height * width]`: which superpixel each pixel belongs to, from 0. */
  readonly superpixels: () => Int32Array | undefined
}

/** A part of a mask that was copied, to be put into this photo or the next. */
export type Clip = LabelledRegion

/** All that a tool can reach. */
export interface ToolContext extends PhotoResources {
  readonly document: LabelDocument
  readonly settings: () => EditorSettings
  readonly clip: () => Clip | undefined
  /** Ends the open stroke as one step of the history. */
  readonly commit: (name: ToolId) => unknown
  readonly refuse: (refusal: Refusal) => void
  /** Makes another label the active one: what the class picker is for. */
  readonly pick: (label: number) => void
}

/**
 * A small state machine between pointer and document. Points may lie outside the photo. Whatever a tool has begun and
 * not finished, `cancel` leaves no trace of.
 */
export interface Tool {
  readonly id: ToolId
  /** Whether something is in progress that Esc would cancel. */
  readonly isBusy: boolean
  /** Of several points since the last event only the last one matters. */
  readonly skipsPoints?: boolean
  /** What it would do now; undefined where it shows nothing. A new object whenever it is another. */
  readonly preview: Preview | undefined
  readonly press: (pointer: Pointer) => void
  /** With the button down or up. */
  readonly move: (pointer: Pointer) => void
  readonly release: (pointer: Pointer) => void
  readonly cancel: () => void
  /** @returns whether the key meant something here */
  readonly key?: (key: ToolKey) => boolean
  /** Settings or what is known of the photo have changed: previews follow at once. */
  readonly refresh?: () => void
  /** The pointer has left the photo: what only followed it is no longer shown. */
  readonly leave?: () => void
}
