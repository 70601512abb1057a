declare const unit: unique symbol
type Brand<Value, Unit extends string> = Value & { readonly [unit]: Unit }

/** A place in the photo, in its pixels; the first pixel covers 0 … 1. */
export type ImagePoint = Brand<readonly [x: number, y: number], 'image-px'>
/** A place in a view, in CSS pixels from its upper left corner. */
export type ScreenPoint = Brand<readonly [x: number, y: number], 'css-px'>

export function imagePoint(x: number, y: number): ImagePoint {
  return [x, y] as unknown as ImagePoint
}

export function screenPoint(x: number, y: number): ScreenPoint {
  return [x, y] as unknown as ScreenPoint
}
