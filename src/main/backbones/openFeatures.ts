import { FeatureCache } from '../artifacts/featureCache'
import type { PoolClient } from '../pool/poolClient'
import type { Classifier } from './classifierCheckpoint'
import { FeatureSource } from './featureSource'
import { FrozenTrunk } from './frozenTrunk'
import { TapFeatures, type TapOptions } from './tapFeatures'

type TrunkOf = Pick<Classifier, 'architecture' | 'trunkWeights' | 'trunkHash' | 'longestSide'>

/** What a step gives so that features can be read and cached on its behalf. */
export interface FeatureContext {
  readonly cacheFolder: string
  readonly cacheBudget: number
  readonly pool: PoolClient
  readonly signal: AbortSignal
  readonly log: (line: string) => void
}

/** Opens a classifier's trunk and the cache of its features; `close` frees the trunk and reports what the cache did. */
export async function openFeatures(
  classifier: TrunkOf,
  context: FeatureContext,
): Promise<{ readonly source: FeatureSource; readonly close: () => void }> {
  const trunk = new FrozenTrunk(classifier.architecture, classifier.trunkWeights)
  const cache = await FeatureCache.open(context.cacheFolder, classifier.trunkHash, context.cacheBudget)
  const source = new FeatureSource(trunk, cache, context.pool, classifier.longestSide, context.signal)
  return { source, close: () => closeFeatures(source, context) }
}

/** As `openFeatures`, for features at several depths of the trunk, read in any order. */
export async function openTapFeatures(
  classifier: TrunkOf,
  options: Omit<TapOptions, 'longestSide'>,
  context: FeatureContext,
): Promise<{ readonly source: TapFeatures; readonly close: () => void }> {
  const { architecture, trunkWeights, trunkHash, longestSide } = classifier
  const trunk = new FrozenTrunk(architecture, trunkWeights)
  const cache = await FeatureCache.open(context.cacheFolder, trunkHash, context.cacheBudget)
  const source = new TapFeatures(trunk, cache, context.pool, { ...options, longestSide }, context.signal)
  return { source, close: () => closeFeatures(source, context) }
}

function closeFeatures({ trunk, cache, statistics }: FeatureSource | TapFeatures, { log }: FeatureContext): void {
  trunk.dispose()
  const { computed, fromCache, trunkSeconds, unreadable } = statistics
  log(
    `features: ${computed} inputs through the trunk in ${trunkSeconds.toFixed(1)} s, ${fromCache} from the cache ` +
      `(${(cache.bytes / 1e9).toFixed(2)} of ${(cache.budgetBytes / 1e9).toFixed(1)} GB)`,
  )
  if (cache.full)
    log(
      'the feature cache is full: what it does not hold goes through the trunk again in every step ' +
        '(raise cache.budgetGigabytes, or run `maskwright cache clear`)',
    )
  for (const { image, reason } of unreadable) log(`left out ${image.stem}: ${reason}`)
}
