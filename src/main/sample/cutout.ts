import { addSample, levelFor } from './sprites'
import type { Sprite } from './sprites'

/** Where and how a sprite stands in a photo. */
export interface Pose {
  /** Column of the middle of its foot, px. */
  readonly x: number
  /** Row of its foot, px. */
  readonly y: number
  /** Px. */
  readonly height: number
  /** Its width over what the icon's is: below 1 it is seen at an angle. */
  readonly squeeze: number
  readonly mirrored: boolean
  /** Radians, clockwise, about the foot. */
  readonly tilt: number
  /** Rows below this are hidden at each column: the surface of water. */
  readonly waterline?: (x: number) => number
}

/** A sprite as it falls on the pixels of a photo. */
export interface Cutout {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** `[height, width, 4]`, colours multiplied by alpha, 0 … 1. Alpha is the share of the pixel that is covered. */
  readonly pixels: Float32Array
}

/** Points sampled in each pixel, in each direction. */
const samples = 2

/** Draws a sprite by inverse mapping, `samples²` points a pixel, cut to a photo of `width` × `height`. */
export function cutOut(sprite: Sprite, pose: Pose, width: number, height: number): Cutout {
  const box = boundsOf(sprite, pose, width, height)
  const pixels = new Float32Array(box.width * box.height * 4)
  const level = levelFor(sprite, sprite.levels[0]!.height / (pose.height * samples))
  const cosine = Math.cos(pose.tilt)
  const sine = Math.sin(pose.tilt)
  const spriteWidth = pose.height * sprite.aspect * pose.squeeze * (pose.mirrored ? -1 : 1)
  const sum = new Float64Array(4)
  for (let row = 0; row < box.height; row++)
    for (let column = 0; column < box.width; column++) {
      sum.fill(0)
      for (let sample = 0; sample < samples * samples; sample++) {
        const x = box.left + column + ((sample % samples) + 0.5) / samples
        const y = box.top + row + (Math.floor(sample / samples) + 0.5) / samples
        if (pose.waterline && y > pose.waterline(x)) continue
        const across = (x - pose.x) * cosine + (y - pose.y) * sine
        const down = (y - pose.y) * cosine - (x - pose.x) * sine
        addSample(level, across / spriteWidth + 0.5, down / pose.height + 1, sum)
      }
      const at = (row * box.width + column) * 4
      for (let channel = 0; channel < 4; channel++) pixels[at + channel] = sum[channel]! / (255 * samples * samples)
    }
  return { ...box, pixels }
}

/** The smallest box of whole pixels around the turned sprite, within the photo; empty when it is outside. */
function boundsOf(sprite: Sprite, pose: Pose, width: number, height: number): Omit<Cutout, 'pixels'> {
  const half = (pose.height * sprite.aspect * pose.squeeze) / 2
  const corners = [-half, half].flatMap(across =>
    [-pose.height, 0].map(down => [
      pose.x + across * Math.cos(pose.tilt) - down * Math.sin(pose.tilt),
      pose.y + across * Math.sin(pose.tilt) + down * Math.cos(pose.tilt),
    ]),
  )
  const columns = corners.map(([x]) => x!)
  const lines = corners.map(([, y]) => y!)
  const left = Math.max(0, Math.floor(Math.min(...columns)))
  const top = Math.max(0, Math.floor(Math.min(...lines)))
  const right = Math.min(width, Math.ceil(Math.max(...columns)))
  const bottom = Math.min(height, Math.ceil(Math.max(...lines)))
  return { left, top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) }
}
