import { methods, type MethodDefinition } from '../../src/main/methods/index'
import type { ImageArtifact, MethodContext, StepReference } from '../../src/main/methods/context'
import type { PoolClient } from '../../src/main/pool/poolClient'
import { runTask } from '../../src/main/pool/tasks'
import type { Dataset } from '../../src/shared/contract/dataset'
import { testEngine } from './engine'
import { methodContext } from './methodContext'
import { temporaryFolder } from './temporaryFolder'
import { toyDataset } from './toyDataset'

/** The methods in an order in which each finds what it takes. */
export const chainOrder = ['classifier', 'cam', 'lpcam', 'threshold', 'densecrf'] as const
export type ChainedMethod = (typeof chainOrder)[number]

/** Small inputs and few scales: how a method behaves is tested, not how good its maps are. */
const small: Readonly<Record<string, object>> = {
  classifier: { longestSide: 96, folds: 2 },
  cam: { scales: [1, 0.5] },
  lpcam: { scales: [1, 0.5], clusters: 3 },
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
  readonly blobFolder = temporaryFolder()
  readonly cacheFolder = temporaryFolder()
  readonly finished = new Map<string, Finished>()

  constructor(readonly dataset: Dataset) {}

  async run(definition: MethodDefinition, given: Partial<MethodContext> = {}, set: object = {}): Promise<Finished> {
    const folder = given.folder ?? temporaryFolder()
    const { context, artifacts, log } = methodContext(this.dataset, this.blobFolder, {
      pool,
      cacheFolder: this.cacheFolder,
      inputs: this.#inputs(definition),
      ...given,
      folder,
    })
    const options = definition.options.parse({ ...small[definition.id], ...set })
    const { run } = await definition.load()
    const { summary } = await run(options, context)
    const all = [...context.existing, ...artifacts]
    const { id, outputs } = definition
    return { reference: { step: id, method: id, outputs, folder, options, artifacts: all }, log, summary }
  }

  #inputs({ inputs }: MethodDefinition): MethodContext['inputs'] {
    const steps = [...this.finished.values()].map(({ reference }) => reference)
    return Object.fromEntries(inputs.map(kind => [kind, steps.findLast(step => step.outputs.includes(kind))]))
  }
}

/** Runs what stands before `id` in the order. @returns the chain, and the method itself */
export async function chainUpTo(
  id: ChainedMethod,
  dataset?: Dataset,
): Promise<{ readonly chain: Chain; readonly definition: MethodDefinition }> {
  testEngine()
  const chain = new Chain(dataset ?? (await toyDataset()))
  for (const before of chainOrder.slice(0, chainOrder.indexOf(id)))
    chain.finished.set(before, await chain.run(methods.get(before)!))
  return { chain, definition: methods.get(id)! }
}
