import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'
import type { Tensor } from '@tensorflow/tfjs'
import type { DatasetImage } from '../../../shared/contract/dataset'
import { blobPath } from '../../artifacts/blobStore'
import { readScoreMaps } from '../../artifacts/scoreMaps'
import type { FeatureSource } from '../../backbones/featureSource'
import { currentEngine } from '../../engine/current'
import { readTidy } from '../../engine/transfer'
import { drawWithoutRepetition } from './firstCentres'
import type { LpcamOptions } from './options'
import { RowCollector, type Rows } from './rows'
import { type CellSplit, gridOf, splitCells } from './splitGrid'

/** Where a feature vector came from. */
export interface Cell {
  readonly imageId: number
  readonly row: number
  readonly column: number
  readonly rows: number
  readonly columns: number
}

/** The feature vectors of one set, and where each came from. */
export interface FeatureSet {
  readonly rows: Rows
  readonly cells: readonly Cell[]
  /** How many vectors there were before some were drawn. */
  readonly available: number
}

export interface CollectInput {
  readonly classIndex: number
  readonly images: readonly DatasetImage[]
  readonly source: FeatureSource
  readonly blobFolder: string
  /** The seed step's blob of each photo. */
  readonly seeds: ReadonlyMap<number, string>
  /** `[channels, 1]`, the head's weight of the class: for the split by the features' own CAM. */
  readonly classWeight: Tensor
  readonly options: Pick<LpcamOptions, 'tau' | 'splitMask' | 'maxVectorsPerSet'>
  readonly random: RandomGenerator
  readonly checkpoint: () => Promise<void>
}

const request = { scales: [1], mirrored: false }

/** Collects the features of one class and of its context over its photos (LPCAM equation 2). */
export async function collectFeatures(
  input: CollectInput,
): Promise<{ readonly foreground: FeatureSet; readonly context: FeatureSet }> {
  const splits = await splitAll(input)
  const keepForeground = thin(splits, 'foreground', input)
  const keepContext = thin(splits, 'context', input)
  const { channels } = input.source.trunk.architecture
  const foreground = new RowCollector(channels)
  const context = new RowCollector(channels)
  const cells = { foreground: [] as Cell[], context: [] as Cell[] }
  for await (const photo of input.source.stream(input.images, request)) {
    await input.checkpoint()
    const { tf } = currentEngine()
    const wide = input.source.trunk.top(photo.scales[0]!.features)
    const [, rows, columns] = wide.shape as [number, number, number, number]
    const flat = wide.reshape([rows * columns, channels])
    wide.dispose()
    const take = (collector: RowCollector, list: Cell[], kept: readonly number[]) => {
      if (kept.length === 0) return
      collector.add(tf.tidy(() => tf.gather(flat, tf.tensor1d([...kept], 'int32'))))
      for (const cell of kept)
        list.push({ imageId: photo.image.id, row: Math.floor(cell / columns), column: cell % columns, rows, columns })
    }
    take(foreground, cells.foreground, keepForeground.get(photo.image.id) ?? [])
    take(context, cells.context, keepContext.get(photo.image.id) ?? [])
    flat.dispose()
  }
  return {
    foreground: { rows: foreground.finish(), cells: cells.foreground, available: total(splits, 'foreground') },
    context: { rows: context.finish(), cells: cells.context, available: total(splits, 'context') },
  }
}

async function splitAll(input: CollectInput): Promise<Map<number, CellSplit>> {
  const { images, source, options, classIndex } = input
  const splits = new Map<number, CellSplit>()
  if (options.splitMask === 'feature-cam') {
    for await (const { image, scales } of source.stream(images, request)) {
      await input.checkpoint()
      splits.set(image.id, splitCells(featureCam(source, scales[0]!.features, input.classWeight), options.tau))
    }
    return splits
  }
  const { stride } = source.trunk.architecture
  for (const image of images) {
    const blob = input.seeds.get(image.id)
    if (blob === undefined) continue // could not be read when the seed was made, and was reported then
    const scores = await readScoreMaps(blobPath(input.blobFolder, blob))
    const { width, height } = source.inputOf(image)
    const grid = { width: Math.ceil(width / stride), height: Math.ceil(height / stride) }
    splits.set(image.id, splitCells(gridOf(scores, classIndex, grid, image.stem), options.tau))
  }
  return splits
}

/** relu(W·f) of the very features, divided by its maximum: the paper's split. */
function featureCam(source: FeatureSource, features: Tensor, classWeight: Tensor): Float32Array {
  const { tf } = currentEngine()
  return readTidy(() => {
    const wide = source.trunk.top(features)
    const map = tf.relu(tf.matMul(wide.reshape([-1, wide.shape[3]!]) as Tensor, classWeight))
    return map.div(map.max().add(1e-5))
  })
}

/** The cells to take of each photo: all, or an even draw of `maxVectorsPerSet` over all photos. */
function thin(
  splits: ReadonlyMap<number, CellSplit>,
  side: keyof CellSplit,
  { options, random }: Pick<CollectInput, 'options' | 'random'>,
): ReadonlyMap<number, readonly number[]> {
  const count = total(splits, side)
  const limit = options.maxVectorsPerSet
  if (limit === null || count <= limit) return new Map([...splits].map(([id, split]) => [id, split[side]]))
  const chosen = drawWithoutRepetition(count, limit, random).sort((a, b) => a - b)
  const kept = new Map<number, number[]>()
  let first = 0
  let next = 0
  for (const [id, split] of splits) {
    const cells: number[] = []
    for (; next < chosen.length && chosen[next]! < first + split[side].length; next++)
      cells.push(split[side][chosen[next]! - first]!)
    kept.set(id, cells)
    first += split[side].length
  }
  return kept
}

function total(splits: ReadonlyMap<number, CellSplit>, side: keyof CellSplit): number {
  return [...splits.values()].reduce((sum, split) => sum + split[side].length, 0)
}
