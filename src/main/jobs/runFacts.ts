import type { Project } from '../db/open'
import { ALL_SPLITS } from '../db/datasetOf'
import type { EstimateFacts } from './stepRecord'

/** What must be known of the photos before a run begins, counted by the database: no photo is looked at. */
export interface RunFacts {
  readonly split: string
  readonly photos: number
  /** Of them, those with ground truth. */
  readonly truths: number
  readonly classes: readonly { readonly name: string; readonly images: number }[]
  /** Stems of the photos of which nobody has said what they show. */
  readonly unlabelled: readonly string[]
  readonly pixelsAt: EstimateFacts['pixelsAt']
  readonly pixelsWithin: EstimateFacts['pixelsWithin']
}

/** @param split undefined: all photos */
export function runFacts(project: Project, split: string | undefined): RunFacts {
  const sizes = project.images.sizes(split)
  const pixels = (longestOf: (side: number) => number) =>
    sizes.reduce((sum, { width, height, images }) => {
      const side = Math.max(width, height)
      return sum + images * width * height * (longestOf(side) / side) ** 2
    }, 0)
  return {
    split: split ?? ALL_SPLITS,
    photos: sizes.reduce((sum, { images }) => sum + images, 0),
    truths: project.masks.countTruth(split),
    classes: project.images.countsPerClass(split),
    unlabelled: project.labels.unlabelled(split).map(({ stem }) => stem),
    pixelsAt: longestSide => pixels(side => longestSide ?? side),
    pixelsWithin: longestSide => pixels(side => Math.min(side, longestSide ?? side)),
  }
}
