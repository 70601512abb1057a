import { resolve } from 'node:path'
import { difficultRules, type DifficultRule } from '../../shared/contract/import'
import type { ImportSource } from './defineFormat'

export interface SourceOptions extends Omit<ImportSource, 'difficult'> {
  /** VOC's difficult objects count as present unless said otherwise: IRN and its descendants count them. */
  readonly difficult?: DifficultRule
}

/** What a person says about a dataset, with whole paths and the defaults. */
export function importSource(options: SourceOptions): ImportSource {
  const { path, images, labels, masks, split, classes, difficult } = options
  return {
    path: resolve(path),
    difficult: difficult ?? difficultRules[0],
    ...(images === undefined ? {} : { images: resolve(images) }),
    ...(labels === undefined ? {} : { labels: resolve(labels) }),
    ...(masks === undefined ? {} : { masks: resolve(masks) }),
    ...(split === undefined ? {} : { split }),
    ...(classes === undefined ? {} : { classes: classes.map(name => name.trim()) }),
  }
}
