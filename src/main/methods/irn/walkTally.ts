import { describeSize } from '../../../shared/raster/size'
import { NanTally } from '../../artifacts/nanTally'
import { recount } from '../../pool/recount'
import type { WalkScoresOutput } from '../../pool/tasks/walkScores'
import type { MethodContext } from '../context'

/** What the walk did to one photo's maps. */
export type WalkFacts = Omit<WalkScoresOutput, 'blob'>

/** What the walk did to the maps of all photos. */
export interface WalkReport {
  /** Photos whose maps came in another size and were brought to that of the edges. */
  readonly resized: number
  /** Photos with classes of whose scores the walk left nothing: all background. */
  readonly extinct: readonly string[]
  /** Scores that were no number after the walk; left out: none. */
  readonly nanScores?: number
  readonly nanPhotos?: readonly string[]
}

/** Counts what the walk did, photo by photo. */
export class WalkTally {
  readonly #nans = new NanTally()
  readonly #extinct: string[] = []
  #resized = 0

  add(photo: string, { resized, alive, nan }: WalkFacts): void {
    if (resized) this.#resized++
    if (!alive) this.#extinct.push(photo)
    this.#nans.add(photo, nan)
  }

  /** Adds the photos that walked before the step was interrupted. @param scores paths of the maps before the walk */
  async recount(scores: ReadonlyMap<number, string>, context: MethodContext): Promise<void> {
    const facts = (path: string) => context.pool.run('scoreFacts', { path }, context.signal)
    await recount(context, 'scores', async ({ id, stem }, path) => {
      const [before, after] = await Promise.all([facts(scores.get(id)!), facts(path)])
      const alive = after.largest.length === 0 || after.largest.some(score => score > 0)
      this.add(stem, { resized: describeSize(before) !== describeSize(after), alive, nan: after.nan - before.nan })
    })
  }

  report(log: MethodContext['log']): WalkReport {
    return { resized: this.#resized, extinct: this.#extinct.sort(), ...this.#nans.report(log) }
  }
}
