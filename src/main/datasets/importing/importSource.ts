import { resolve } from 'node:path'
import { crowdRules, difficultRules, type CrowdRule, type DifficultRule } from '../../../shared/contract/import'
import type { ImportSource } from './defineFormat'

export interface SourceOptions extends Omit<ImportSource, 'difficult' | 'crowd'> {
  /** VOC's difficult objects count as present unless said otherwise: IRN and its descendants count them. */
  readonly difficult?: DifficultRule
  /** COCO's crowds are void unless said otherwise: their outlines hold much that is not of the class. */
  readonly crowd?: CrowdRule
}

/** What a person says about a dataset, with whole paths and the defaults. */
export function importSource(options: SourceOptions): ImportSource {
  const { path, images, labels, masks, split, classes, difficult, crowd } = options
  return {
    path: resolve(path),
    difficult: difficult ?? difficultRules[0],
    crowd: crowd ?? crowdRules[0],
    ...(images === undefined ? {} : { images: resolve(images) }),
    ...(labels === undefined ? {} : { labels: resolve(labels) }),
    ...(masks === undefined ? {} : { masks: resolve(masks) }),
    ...(split === undefined ? {} : { split }),
    ...(classes === undefined ? {} : { classes: classes.map(name => name.trim()) }),
  }
}
