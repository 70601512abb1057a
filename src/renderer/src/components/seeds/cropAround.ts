import type { PrototypePatch } from '../../../../shared/contract/prototypes'

export interface Crop {
  readonly src: string
  /** Where the cell lies in the crop, as CSS. */
  readonly cell: { readonly left: string; readonly top: string; readonly width: string; readonly height: string }
}

/**
 * The part of a photo around a cell: a cell by itself is 32 pixels that nobody recognises, and its features see more.
 * @param source `/bytes/<project>`
 * @param cells  how many cells to each side are shown with it, cut at the photo's edges
 * @param size   longest side of the picture, pixels
 */
export function cropAround(
  source: string,
  { image, photo, box }: Pick<PrototypePatch, 'image' | 'photo' | 'box'>,
  cells: number,
  size: number,
): Crop {
  const [x0, y0, x1, y1] = box
  const across = Math.round((x1 - x0) * cells)
  const down = Math.round((y1 - y0) * cells)
  const left = Math.max(0, x0 - across)
  const top = Math.max(0, y0 - down)
  const right = Math.min(photo.width, x1 + across)
  const bottom = Math.min(photo.height, y1 + down)
  const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(2)}%`
  return {
    src: `${source}/crops/${image}?box=${left},${top},${right},${bottom}&size=${size}&hash=${photo.hash}`,
    cell: {
      left: percent(x0 - left, right - left),
      top: percent(y0 - top, bottom - top),
      width: percent(x1 - x0, right - left),
      height: percent(y1 - y0, bottom - top),
    },
  }
}
