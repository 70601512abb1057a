/** How mask and photo are drawn: it stays from photo to photo and from day to day. */
export interface DeskLook {
  /** Of what lies over the photo, 0 … 1. */
  readonly opacity: number
  /** Areas are not filled. */
  readonly outline: boolean
  readonly lines: boolean
  readonly pixelGrid: boolean
  /** −1 … 1; 0: the photo as it is. */
  readonly brightness: number
  readonly contrast: number
}

export const usualLook: DeskLook = {
  opacity: 0.5,
  outline: false,
  lines: true,
  pixelGrid: true,
  brightness: 0,
  contrast: 0,
}

/** A layer as a list names it. */
export interface LayerChoice {
  readonly id: string
  readonly title: string
  readonly detail: string
}
