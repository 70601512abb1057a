/** Where the photographer stands: eyes `eyeHeight` metres above a level ground that ends at the horizon. */
export interface Camera {
  /** Row of the horizon, px from the top; may lie above the photo. */
  readonly horizon: number
  /** Metres. */
  readonly eyeHeight: number
  /** Focal length, px. */
  readonly focal: number
  /** Column of the vanishing point, px. */
  readonly centre: number
}

/** Metres on the ground to the right of the photographer and ahead, for a pixel below the horizon. */
export function groundAt(camera: Camera, x: number, y: number): readonly [right: number, ahead: number] {
  const ahead = (camera.eyeHeight * camera.focal) / Math.max(0.5, y - camera.horizon)
  return [((x - camera.centre) * ahead) / camera.focal, ahead]
}

/** Pixels that a metre measures for something upright that stands on the ground at row `y`. */
export function pixelsPerMetre(camera: Camera, y: number): number {
  return Math.max(0.5, y - camera.horizon) / camera.eyeHeight
}

/** The row where something stands that is so many pixels a metre: the reverse of `pixelsPerMetre`. */
export function rowOf(camera: Camera, pixels: number): number {
  return camera.horizon + pixels * camera.eyeHeight
}
