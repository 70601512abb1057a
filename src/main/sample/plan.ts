import { WorkbenchError } from '../../shared/errors'
import { randomFor } from './random'
import type { Random } from './random'
import { classCounts, sampleClasses } from './sampleClasses'
import { sceneKinds, scenes } from './scenes'
import type { SceneKind } from './scenes'

/** What one photo will show. */
export interface PlannedPhoto {
  readonly scene: SceneKind
  /** Indices into `sampleClasses`, ascending; at least one, at most four. */
  readonly classes: readonly number[]
}

const mostClasses = 4

/**
 * Decides scene and classes of every photo, before anything is drawn: each class is shown by exactly as many photos as
 * `classCounts` says, each photo shows one to four classes, and every class is somewhere it belongs.
 *
 * Classes choose their photos from the rarest to the most frequent, by weights of `scenes`; photos that show nothing
 * yet are preferred, and must be taken by the last class that can live there.
 */
export function planPhotos(photos: number, seed: number): PlannedPhoto[] {
  const random = randomFor(seed, 1)
  const kinds = shuffled(sceneList(photos), random)
  const chosen = kinds.map((): number[] => [])
  const counts = classCounts(photos)
  for (let index = sampleClasses.length - 1; index >= 0; index--) {
    const weights = kinds.map((kind, photo) => weightOf(index, kind, chosen[photo]!.length))
    for (const photo of drawByWeight(weights, counts[index]!, random)) chosen[photo]!.push(index)
  }
  const empty = chosen.findIndex(classes => classes.length === 0)
  if (empty >= 0) throw new WorkbenchError('INTERNAL', `photo ${empty} (${kinds[empty]}) was given no class`)
  return kinds.map((scene, photo) => ({ scene, classes: chosen[photo]!.sort((a, b) => a - b) }))
}

/** How readily a class takes a photo; 0 where it does not belong or the photo is full. */
function weightOf(index: number, kind: SceneKind, shown: number): number {
  const weight = scenes[kind].homes[sampleClasses[index]!.name]?.weight ?? 0
  if (shown >= mostClasses || weight === 0) return 0
  if (shown > 0) return weight
  const lastChance = sampleClasses.slice(0, index).every(other => !scenes[kind].homes[other.name])
  return weight * (lastChance ? 1e9 : 4)
}

/** Scenes by their shares, largest remainders first, so that the numbers add up to `photos`. */
function sceneList(photos: number): SceneKind[] {
  const exact = sceneKinds.map(kind => ({ kind, count: scenes[kind].share * photos }))
  const missing = photos - exact.reduce((sum, { count }) => sum + Math.floor(count), 0)
  const rounded = exact
    .map(({ kind, count }) => ({ kind, count: Math.floor(count), left: count - Math.floor(count) }))
    .sort((a, b) => b.left - a.left)
  return rounded.flatMap(({ kind, count }, rank) =>
    Array.from({ length: count + (rank < missing ? 1 : 0) }, (): SceneKind => kind),
  )
}

/** `count` places without replacement, each as likely as its weight (Efraimidis and Spirakis 2006, largest log(u)/w). */
function drawByWeight(weights: readonly number[], count: number, random: Random): number[] {
  return weights
    .map((weight, place) => ({ place, key: Math.log(1 - random.next()) / weight, weight }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.key - a.key)
    .slice(0, count)
    .map(({ place }) => place)
}

/** Fisher and Yates. */
function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const list = [...items]
  for (let last = list.length - 1; last > 0; last--) {
    const other = random.integer(0, last)
    ;[list[last], list[other]] = [list[other]!, list[last]!]
  }
  return list
}
