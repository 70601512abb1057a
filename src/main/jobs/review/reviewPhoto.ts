import type { ReviewPhoto } from '../../../shared/contract/review'
import type { Project } from '../../db/open'
import { photoLayers } from '../photoLayers'
import type { FoundSource } from './sources'
import { standingMask } from './standingMask'

/** Versions that the editor lists. */
const mostVersions = 100

/** All that the editor needs of one photo. @throws NOT_FOUND */
export function reviewPhoto(project: Project, imageId: number, source: FoundSource | undefined): ReviewPhoto {
  const layers = photoLayers(project, imageId)
  const row = project.photos.rows([imageId])[0]!
  return {
    layers,
    labels: row.labels,
    hash: row.hash,
    mask: standingMask(project, imageId, source).mask,
    journal: project.strokes.journal(imageId),
    versions: project.corrections.versions(imageId, mostVersions),
  }
}
