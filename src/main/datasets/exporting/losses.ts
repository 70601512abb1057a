import type { LostPixels } from '../../../shared/raster/maskObjects'
import type { ExportPhoto } from './defineExport'

/** A photo's label map as a pool task asks for it. */
export function mapOf({ stem, blob, width, height }: ExportPhoto) {
  return { path: blob, photo: stem, width, height }
}

/** What of the masks a format did not say, over all photos. */
export class Losses {
  #leftOut = 0
  #voidPixels = 0
  #voidPhotos = 0

  add({ leftOut = 0, voidPixels = 0 }: Partial<LostPixels>): void {
    this.#leftOut += leftOut
    this.#voidPixels += voidPixels
    if (voidPixels > 0) this.#voidPhotos++
  }

  /** A sentence each. @param minimumArea below which objects were left out */
  notes({ minimumArea }: { readonly minimumArea?: number } = {}): readonly string[] {
    const small = `${this.#leftOut} objects of less than ${minimumArea} pixels are left out.`
    const lost = `${this.#voidPixels} void pixels in ${this.#voidPhotos} photos became background.`
    return [...(this.#leftOut > 0 ? [small] : []), ...(this.#voidPixels > 0 ? [lost] : [])]
  }
}
