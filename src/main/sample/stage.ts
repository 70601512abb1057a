import type { Camera } from './camera'
import type { Canvas } from './canvas'
import type { Pose } from './cutout'
import type { Light } from './light'
import type { Random } from './random'
import type { ZoneName } from './scenes'

/** Rows where feet may stand, or where the middle of something in the air may be. */
export interface Zone {
  readonly top: number
  readonly bottom: number
  /** Formations that fit here, when not all do: front views on rails that come towards the viewer. */
  readonly formations?: readonly (readonly string[])[]
  /** The column an object must stand on at a row; anywhere when absent. */
  readonly column?: (row: number) => number
  /** Whether the light throws a silhouette on this ground; indoors there is only a soft patch. */
  readonly sunlit: boolean
}

/** Scenery from an icon: it has no label, and hides what is behind it. */
export interface Prop {
  readonly icon: string
  readonly pose: Pose
  readonly hue: number
  readonly brightness: number
  /** Strength of the surface texture, and its cells over the height. */
  readonly texture: readonly [strength: number, cells: number]
  readonly shadow: 'none' | 'contact' | 'cast'
}

/** A painted background and where things may be put on it. */
export interface Stage {
  readonly camera: Camera
  readonly zones: Partial<Readonly<Record<ZoneName, Zone>>>
  readonly props: readonly Prop[]
}

/** What a painter is given: an empty canvas, the light, its own stream of draws and the zones that will be used. */
export interface Brief {
  readonly canvas: Canvas
  readonly light: Light
  readonly random: Random
  readonly needs: ReadonlySet<ZoneName>
  /** For noise, so that textures differ from photo to photo. */
  readonly seed: number
}
