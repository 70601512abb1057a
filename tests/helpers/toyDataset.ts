import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Dataset } from '../../src/shared/contract/dataset'
import { toyClasses, toyScenes } from './toyScenes'

/** The toy scenes as a method sees a dataset: every photo labelled, with truth. */
export async function toyDataset(photos = 8): Promise<Dataset> {
  const folder = await toyScenes(photos)
  const images = Array.from({ length: photos }, (_, i) => {
    const path = join(folder, 'photos', `scene-${i}.jpg`)
    return {
      id: i + 1,
      stem: `scene-${i}`,
      path,
      width: 96,
      height: 72,
      labels: [i % 2],
      truth: join(folder, 'masks', `scene-${i}.png`),
      sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
    }
  })
  return { classes: toyClasses, images, hash: 'toy', split: 'all' }
}
