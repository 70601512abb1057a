import { pixelsPerMetre } from '../camera'
import type { Camera } from '../camera'
import type { Random } from '../random'
import type { Prop } from '../stage'

/** An icon of scenery standing on the ground at row `y`. */
export function standing(
  icon: string,
  metres: number,
  camera: Camera,
  x: number,
  y: number,
  random: Random,
  shadow: Prop['shadow'],
): Prop {
  return {
    icon,
    pose: {
      x,
      y,
      height: metres * pixelsPerMetre(camera, y),
      squeeze: random.between(0.9, 1.1),
      mirrored: random.chance(0.5),
      tilt: 0,
    },
    hue: 0,
    brightness: random.between(0.7, 1),
    texture: icon.endsWith('tree') ? [0.45, 30] : [0.12, 40],
    shadow,
  }
}

/** Trees between two rows, anywhere across the photo. */
export function treesBehind(
  random: Random,
  camera: Camera,
  width: number,
  count: number,
  [top, bottom]: readonly [number, number],
): Prop[] {
  return Array.from({ length: count }, () => {
    const icon = random.pick(['deciduous-tree', 'evergreen-tree'])
    const foot = random.between(top, bottom)
    return standing(icon, random.between(3.5, 6), camera, random.between(0, width), foot, random, 'cast')
  })
}
