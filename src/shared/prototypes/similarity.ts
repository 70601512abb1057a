import { WorkbenchError } from '../errors'
import type { Size } from '../raster/size'
import { parseSafetensors } from '../tensors/safetensors'
import type { NamedTensor } from '../tensors/tensors'

/** How like each prototype of a class one photo is, cell by cell, at one input scale. */
export interface SimilarityGrid extends Size {
  /** Place of the scale among the step's scales; photo and mirror image may be two grids of one scale. */
  readonly scale: number
  /** `[prototypes, height, width]` cosines, −1 … 1; those of the class first, then those of its context. */
  readonly cosines: Float32Array
}

/** All that a class's map of one photo is made of: with it any choice of prototypes gives its map at once. */
export interface PrototypeSimilarity {
  readonly grids: readonly SimilarityGrid[]
  /** How many prototypes the class and its context have. */
  readonly foreground: number
  readonly context: number
  /** Pixels of the map: a quarter of the input's. */
  readonly map: Size
  /** Over the cosines of one side's prototypes. */
  readonly aggregate: 'mean' | 'max'
  /** Where negative scores become 0: at each scale, or once all are summed. */
  readonly relu: 'perScale' | 'afterMerge'
}

/** As a safetensors file: a tensor a grid, `<place>.<scale>`, and what they are as metadata. */
export function similarityTensors(similarity: PrototypeSimilarity): {
  readonly tensors: ReadonlyMap<string, NamedTensor>
  readonly metadata: Readonly<Record<string, string>>
} {
  const { grids, foreground, context, map, aggregate, relu } = similarity
  const tensors = grids.map(({ scale, width, height, cosines }, place): [string, NamedTensor] => [
    `${place}.${scale}`,
    { dtype: 'F32', shape: [foreground + context, height, width], data: cosines },
  ])
  const metadata = { foreground, context, mapWidth: map.width, mapHeight: map.height, aggregate, relu }
  return {
    tensors: new Map(tensors),
    metadata: Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, String(value)])),
  }
}

/** @throws FILE_UNREADABLE naming `name` when the parts do not fit together */
export function parseSimilarity(bytes: Uint8Array, name: string): PrototypeSimilarity {
  const { tensors, metadata } = parseSafetensors(bytes, name)
  const number = (key: string) => Number(metadata.get(key))
  const foreground = number('foreground')
  const context = number('context')
  const grids = [...tensors]
    .map(([key, tensor]) => ({ place: key.split('.').map(Number), ...tensor }))
    .sort((left, right) => left.place[0]! - right.place[0]!)
    .map(({ place, shape, dtype, data }): SimilarityGrid => {
      const [prototypes, height, width] = shape
      if (dtype !== 'F32' || prototypes !== foreground + context || !height || !width || place[1] === undefined)
        throw new WorkbenchError('FILE_UNREADABLE', `${name} does not hold the similarities of ${foreground + context} prototypes.`) // prettier-ignore
      return { scale: place[1], width, height, cosines: data as Float32Array }
    })
  return {
    ...{ grids, foreground, context },
    map: { width: number('mapWidth'), height: number('mapHeight') },
    aggregate: metadata.get('aggregate') === 'max' ? 'max' : 'mean',
    relu: metadata.get('relu') === 'afterMerge' ? 'afterMerge' : 'perScale',
  }
}
