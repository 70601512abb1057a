import { roundHalfEven } from './roundHalfEven'

/** Width and height in pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** An image's three colours, interleaved. */
export interface RgbImage extends Size {
  /** `[height, width, 3]`, 0 … 255. */
  readonly data: Uint8Array
}

/** `500×375`, as every message writes sizes. */
export function describeSize({ width, height }: Size): string {
  return `${width}×${height}`
}

/** Both sides times `factor`, rounded half to even, at least 1 pixel. */
export function scaledSize({ width, height }: Size, factor: number): Size {
  return { width: Math.max(1, roundHalfEven(width * factor)), height: Math.max(1, roundHalfEven(height * factor)) }
}

/** The size whose longest side is `longest` pixels; null leaves it as it is. */
export function sizeWithLongestSide(size: Size, longest: number | null): Size {
  return longest === null ? size : scaledSize(size, longest / Math.max(size.width, size.height))
}
