import type { Viewport } from '../../../shared/geometry/viewport'
import type { Rectangle } from '../../../shared/geometry/rectangle'
import type { ScoreGrid } from '../../../shared/raster/labelsFromScores'
import type { Size } from '../../../shared/raster/size'

/** Colours of labels 0 … 255, `[256, 4]` RGBA; alpha 0 shows the photo. */
export type LabelColours = Uint8Array

/** A label map that is edited in place: only what changed since it was last drawn is uploaded again. */
export interface ChangingLabels {
  /** Goes up with every change. */
  readonly version: number
  /** Rectangles that hold every pixel changed after `version`. */
  readonly tilesChangedSince: (version: number) => Iterable<Rectangle>
}

/** What is laid over the photo on one side of the wipe. Objects are told apart by identity: a changed map is a new one. */
export type Layer =
  | { readonly kind: 'photo' }
  /** One class's scores, or the largest of all classes, as colours. */
  | {
      readonly kind: 'map'
      readonly grid: ScoreGrid
      /** Row in `grid.keys`; 'strongest': the largest score; undefined: the photo has no map of the class. */
      readonly row: number | 'strongest' | undefined
      /** The score with the last colour of the scale; the first is 0. */
      readonly scaleEnd: number
      /** Whether the stored cells are shown as they are, instead of resized to the photo as masks are made. */
      readonly cells: boolean
    }
  /** The label map that these scores give at the scene's threshold. */
  | { readonly kind: 'mask'; readonly grid: ScoreGrid; readonly colours: LabelColours }
  | (StoredLabels & {
      readonly kind: 'labels'
      readonly colours: LabelColours
      /** Clear where this map of the same size says the same: only the difference is seen. */
      readonly unlike?: Uint8Array
    })

/** A label map of the photo's size: a stored one, or one that is edited in place. */
export interface StoredLabels {
  readonly labels: Uint8Array
  readonly size: Size
  readonly changing?: ChangingLabels
}

/** How the photo and the lines look; what is left out is as it comes. */
export interface Look {
  /** −1 … 1; 0: as it is. */
  readonly brightness: number
  /** −1 … 1; 0: as it is. */
  readonly contrast: number
  /** Lines between the photo's pixels, where they are large enough to tell apart. */
  readonly pixelGrid: boolean
  /** Contours in the colour of the area that they surround, instead of white. */
  readonly colouredLines: boolean
}

/** A whole picture: everything that both renderers need, and nothing that they keep. */
export interface Scene {
  /** Pixels of the photo, and of what is made from maps, after EXIF orientation. */
  readonly photo: Size
  /** The photo itself, perhaps smaller than it is on disk. */
  readonly picture: ImageBitmap
  readonly viewport: Viewport
  /** CSS px. */
  readonly view: Size
  /** Device px in a CSS px. */
  readonly ratio: number
  /** Left of the divider and right of it; only the first is drawn where there is no second. */
  readonly layers: readonly [Layer] | readonly [Layer, Layer]
  /** CSS px from the view's left edge. */
  readonly divider: number
  /** Scores above are foreground, 0 … 1. */
  readonly threshold: number
  /** Of the layers over the photo, 0 … 1. */
  readonly opacity: number
  /** Lines along the threshold and around the areas of a mask. */
  readonly contour: boolean
  /** `[256, 4]` */
  readonly colourTable: Uint8Array
  readonly look?: Look
}

/** Draws scenes into one canvas; what it uploads it keeps while scenes still show it. */
export interface PictureRenderer {
  readonly kind: 'webgl2' | 'canvas2d'
  /** Pixels of a photo's longer side at most. */
  readonly longestPhoto: number
  readonly draw: (scene: Scene) => void
  /** Keeps a photo and its mask ready that will be drawn next. */
  readonly prepare: (picture: ImageBitmap, labels: StoredLabels) => void
  /** Forgets everything it keeps. */
  readonly close: () => void
}
