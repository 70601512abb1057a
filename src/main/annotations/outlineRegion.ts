import { assertNearPhoto } from '../../shared/raster/assertNearPhoto'
import { polygonRegion, type Corner } from '../../shared/raster/polygonRegion'
import type { Region } from '../../shared/raster/region'
import type { Size } from '../../shared/raster/size'

/** The pixels inside an outline from somebody's file. @throws BAD_INPUT where a corner lies out of all reach */
export function outlineRegion(corners: readonly Corner[], size: Size): Region {
  assertNearPhoto(corners.flat(), size)
  return polygonRegion([corners], size)
}
