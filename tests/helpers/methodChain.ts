import { expect } from 'vitest'
import { blobPath } from '../../src/main/artifacts/blobStore'
import { findMethod, methods, type MethodDefinition } from '../../src/main/methods/index'
import type { ImageArtifact, MethodContext, StepReference } from '../../src/main/methods/context'
import type { PoolClient } from '../../src/main/pool/poolClient'
import { runTask } from '../../src/main/pool/tasks'
import type { Dataset } from '../../src/shared/contract/dataset'
import { testEngine } from './engine'
import { exportOf } from './exportOf'
import { methodContext } from './methodContext'
import { temporaryFolder } from './temporaryFolder'
import { toyDataset } from './toyDataset'

/** Where it matters what feeds a method: those that others are made from, in the order of a recipe. */
const recipeOrder = [
  'classifier',
  'cam',
  'lpcam',
  'threshold',
  'densecrf',
  'confident',
  'irn',
  'sfc',
  'sfc-maps',
  'deeplab',
]

/** Every method of the registry in an order in which each finds what it takes: a new folder comes last by itself. */
export const chainOrder: readonly string[] = orderMethods()

function orderMethods(): readonly string[] {
  const order = [...recipeOrder]
  const isFed = ({ inputs }: MethodDefinition) =>
    inputs.every(kind => order.some(id => findMethod(id).outputs.includes(kind)))
  for (let left = rest(order); left.length > 0; left = rest(order)) {
    const next = left.find(isFed)
    if (next === undefined) throw new Error(`nothing gives what ${left.map(({ id }) => id).join(' and ')} take`)
    order.push(next.id)
  }
  return order
}

function rest(order: readonly string[]): readonly MethodDefinition[] {
  return [...methods.values()].filter(({ id }) => !order.includes(id))
}

/** Small inputs and few scales: how a method behaves is tested, not how good its maps are. */
const small: Readonly<Record<string, object>> = {
  classifier: { longestSide: 96, folds: 2 },
  cam: { scales: [1, 0.5] },
  lpcam: { scales: [1, 0.5], clusters: 3 },
  confident: { foreground: 0.8, background: 0.7, iterations: 0 },
  irn: { longestSide: 96, crop: 64, epochs: 1, batch: 4, microBatch: 2, trainRadius: 4 },
  densecrf: { iterations: 2 },
  'densecrf-masks': { iterations: 2 },
  sfc: { longestSide: 96, batch: 4, steps: 6, scaleLoss: 0.8, affinityHops: 1, affinityWidth: 16 },
  'sfc-maps': { scales: [1, 0.5] },
  deeplab: {
    longestSide: 96,
    crop: 64,
    width: 8,
    decoderWidth: 8,
    steps: 2,
    batch: 4,
    scales: [1],
    mirrored: false,
    crf: 'none',
    frozenStages: 4,
    truth: 'prefer',
    validations: 1,
  },
}

const pool: PoolClient = { threads: 1, run: (name, input) => runTask(name, input) }

export interface Finished {
  readonly reference: StepReference
  readonly log: readonly string[]
  readonly summary: Readonly<Record<string, unknown>>
}

/** Blobs by photo, whatever order they were made in. */
export function blobsOf(artifacts: readonly ImageArtifact[]): string[] {
  return artifacts.map(({ imageId, kind, blob }) => `${imageId} ${kind} ${blob}`).sort()
}

/** Methods run one after the other on one dataset, each fed with what those before it gave. */
export class Chain {
  readonly blobFolder: string
  readonly cacheFolder: string
  readonly finished: Map<string, Finished>

  /** @param before a chain whose steps and folders this one begins with */
  constructor(
    readonly dataset: Dataset,
    before?: Chain,
  ) {
    this.blobFolder = before?.blobFolder ?? temporaryFolder()
    this.cacheFolder = before?.cacheFolder ?? temporaryFolder()
    this.finished = new Map(before?.finished)
  }

  async run(definition: MethodDefinition, given: Partial<MethodContext> = {}, set: object = {}): Promise<Finished> {
    const folder = given.folder ?? temporaryFolder()
    const { context, artifacts, log } = methodContext(this.dataset, this.blobFolder, {
      pool,
      cacheFolder: this.cacheFolder,
      inputs: this.#inputs(definition),
      ...given,
      folder,
    })
    const needed = definition.id === 'import' ? { folder: await this.#dictionaries() } : {}
    const options = definition.options.parse({ ...small[definition.id], ...needed, ...set })
    const { run } = await definition.load()
    const { summary } = await run(options, context)
    const all = [...context.existing, ...artifacts]
    const { id, outputs } = definition
    return { reference: { step: id, method: id, outputs, folder, options, artifacts: all }, log, summary }
  }

  /** CAM's maps as another program would hand them over. @returns their folder */
  async #dictionaries(): Promise<string> {
    const out = temporaryFolder()
    const maps = this.finished.get('cam')!.reference.artifacts
    const photos = maps.map(({ imageId, blob }) => ({
      stem: this.dataset.images.find(({ id }) => id === imageId)!.stem,
      blob: blobPath(this.blobFolder, blob),
    }))
    await exportOf('cams', { out, classes: this.dataset.classes, photos })
    return out
  }

  #inputs({ inputs }: MethodDefinition): MethodContext['inputs'] {
    const steps = [...this.finished.values()].map(({ reference }) => reference)
    return Object.fromEntries(inputs.map(kind => [kind, steps.findLast(step => step.outputs.includes(kind))]))
  }
}

/** A method with all that it takes. */
export interface Prepared {
  readonly chain: Chain
  readonly definition: MethodDefinition
}

/** Runs what stands before `id` in the order. */
export async function chainUpTo(id: string, dataset?: Dataset): Promise<Prepared> {
  testEngine()
  const chain = new Chain(dataset ?? (await toyDataset()))
  for (const before of chainOrder.slice(0, chainOrder.indexOf(id)))
    chain.finished.set(before, await chain.run(findMethod(before)))
  return { chain, definition: findMethod(id) }
}

/** A method with all that it takes, in a chain that a test file's tests share. */
export interface SharedChain extends Prepared {
  /** The method's own step of the chain: run when it is first asked for. */
  readonly finished: () => Promise<Finished>
}

/** By test file and method: the folders of a chain end with its file. */
const shared = new Map<string, Promise<SharedChain>>()

/** As `chainUpTo` on the toy scenes, run once a test file: for tests that add nothing to the chain itself. */
export function sharedChainUpTo(id: string): Promise<SharedChain> {
  const key = `${expect.getState().testPath} ${id}`
  const prepared = shared.get(key) ?? prepareShared(id)
  shared.set(key, prepared)
  return prepared
}

async function prepareShared(id: string): Promise<SharedChain> {
  const before = chainOrder[chainOrder.indexOf(id) - 1]
  const { chain, definition } = before === undefined ? await chainUpTo(id) : await extendShared(before, id)
  let run: Promise<Finished> | undefined
  return { chain, definition, finished: () => (run ??= chain.run(definition)) }
}

async function extendShared(before: string, id: string): Promise<Prepared> {
  const { chain, finished } = await sharedChainUpTo(before)
  const longer = new Chain(chain.dataset, chain)
  longer.finished.set(before, await finished())
  return { chain: longer, definition: findMethod(id) }
}
