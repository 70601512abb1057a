import type { PoolClient } from './poolClient'

/** What a step gives so that its photos can be worked in the pool with progress, pause and cancel. */
export interface PoolWorkContext {
  readonly pool: PoolClient
  readonly progress: (progress: { done: number; total: number; unit: string; stage: string }) => void
  readonly checkpoint: () => Promise<void>
}

/**
 * Works through `items` with as many tasks under way as keep the pool busy; reports after each.
 * @throws what the first of them met, once none is under way any more: nothing happens behind the caller's back
 */
export async function forEachInPool<Item>(
  { pool, progress, checkpoint }: PoolWorkContext,
  items: readonly Item[],
  stage: string,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0
  let done = 0
  const failures: unknown[] = []
  const lane = async (): Promise<void> => {
    while (next < items.length && failures.length === 0) {
      const item = items[next++]!
      await checkpoint()
      await work(item)
      progress({ done: ++done, total: items.length, unit: 'photos', stage })
    }
  }
  const lanes = Array.from({ length: Math.min(pool.threads + 1, items.length) }, lane)
  await Promise.all(lanes.map(running => running.catch((error: unknown) => failures.push(error))))
  if (failures.length > 0) throw failures[0]
}
