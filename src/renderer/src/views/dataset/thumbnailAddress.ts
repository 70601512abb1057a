import { thumbnailSizes } from '../../../../shared/contract/photos'

/**
 * Address of a photo's small picture, which browsers keep for ever: the hash in it names the content.
 * @param width CSS px that it is shown with; the screen may have more than one of its own for each
 */
export function thumbnailAddress(
  project: string,
  photo: { readonly id: number; readonly hash: string },
  width: number,
): string {
  const pixels = width * window.devicePixelRatio
  const size = thumbnailSizes.find(side => side >= pixels) ?? thumbnailSizes[thumbnailSizes.length - 1]
  return `/bytes/${project}/thumbnails/${photo.id}?size=${size}&hash=${photo.hash}`
}
