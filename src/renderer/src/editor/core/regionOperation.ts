import { assertNever } from '../../../../shared/errors'
import { keepParts, largestPart } from '../../../../shared/raster/connectedComponents'
import { floodRegion } from '../../../../shared/raster/floodRegion'
import { closed, dilated, eroded, opened } from '../../../../shared/raster/morphology'
import { emptyRegion, isEmptyRegion, type Region } from '../../../../shared/raster/region'
import { subtractRegion, uniteRegions } from '../../../../shared/raster/regionAlgebra'
import { regionHoles } from '../../../../shared/raster/regionHoles'
import { regionOfLabel } from '../../../../shared/raster/regionMask'
import { smoothedBoundary } from '../../../../shared/raster/smoothedBoundary'
import { surroundingLabels } from '../../../../shared/raster/surroundingLabels'
import type { LabelDocument } from './labelDocument'
import type { LabelledRegion } from './tool'

/** What can be done to all pixels of a class, or to one connected part of it, at once. Radii are in pixels. */
export type RegionOperation =
  | { readonly id: 'fill-holes' }
  /** Parts of fewer pixels go. */
  | { readonly id: 'remove-islands'; readonly pixels: number }
  | { readonly id: 'keep-largest' }
  | { readonly id: 'open'; readonly radius: number }
  | { readonly id: 'close'; readonly radius: number }
  | { readonly id: 'widen'; readonly radius: number }
  | { readonly id: 'shrink'; readonly radius: number }
  | { readonly id: 'smooth'; readonly radius: number }
  | { readonly id: 'replace-label'; readonly by: number }
export type RegionOperationId = RegionOperation['id']

/** What an operation works on. */
export interface OperationTarget {
  readonly label: number
  /** A pixel of the part that is meant; all parts where it is missing. */
  readonly at?: { readonly x: number; readonly y: number } | undefined
}

/**
 * The pixels that an operation would change and what to. What a class gains it takes from any label that is not locked;
 * what it loses becomes what surrounds it. Parts are connected over edges and corners, their holes over edges.
 */
export function plannedOperation(
  document: LabelDocument,
  operation: RegionOperation,
  target: OperationTarget,
): LabelledRegion[] {
  const region = targetRegion(document, target)
  if (isEmptyRegion(region)) return []
  return changesOf(document, operation, { region, label: target.label })
    .map(change => ({ ...change, region: document.paintable(change.region, change.label) }))
    .filter(({ region }) => !isEmptyRegion(region))
}

/** The pixels that are meant; none where the pixel that was pointed at has another label by now. */
export function targetRegion(document: LabelDocument, { label, at }: OperationTarget): Region {
  const { labels, size } = document
  if (at === undefined) return regionOfLabel(labels, size, label)
  if (document.labelAt(at.x, at.y) !== label) return emptyRegion
  const start = Math.floor(at.y) * size.width + Math.floor(at.x)
  return floodRegion(size, start, pixel => labels[pixel] === label, true)
}

/** What an operation would give each pixel of the target, and around it, before locks. */
function changesOf(document: LabelDocument, operation: RegionOperation, { region, label }: LabelledRegion) {
  if (operation.id === 'replace-label') return [{ region, label: operation.by }]
  const result = outcome(document, operation, region)
  const gained = { region: subtractRegion(result, region), label }
  return [gained, ...surroundingLabels(document.labels, document.size, subtractRegion(region, result), label)]
}

/** What the region would be. */
function outcome(
  { size }: LabelDocument,
  operation: Exclude<RegionOperation, { readonly id: 'replace-label' }>,
  region: Region,
): Region {
  switch (operation.id) {
    case 'fill-holes':
      return uniteRegions(region, regionHoles(region))
    case 'remove-islands':
      return keepParts(region, true, ({ pixels }) => pixels >= operation.pixels)
    case 'keep-largest':
      return largestPart(region, true)
    case 'open':
      return opened(region, operation.radius, size)
    case 'close':
      return closed(region, operation.radius, size)
    case 'widen':
      return dilated(region, operation.radius, size)
    case 'shrink':
      return eroded(region, operation.radius, size)
    case 'smooth':
      return smoothedBoundary(region, operation.radius, size)
    default:
      return assertNever(operation)
  }
}
