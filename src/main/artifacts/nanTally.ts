import { countOf } from '../../shared/text/amounts'
import { someNames } from '../../shared/text/someNames'

/**
 * Counts the scores of a step that were no number. They are stored as 0, which is background: a person must hear of it,
 * because a network that went astray looks like one that saw nothing.
 */
export class NanTally {
  readonly #photos: string[] = []
  #scores = 0

  /** @param nan scores of this photo that were no number */
  add(photo: string, nan: number): void {
    if (nan === 0) return
    this.#scores += nan
    this.#photos.push(photo)
  }

  /** Says what was found, and gives it for the step's summary: nothing where every score was a number. */
  report(log: (line: string) => void): { readonly nanScores?: number; readonly nanPhotos?: readonly string[] } {
    if (this.#scores === 0) return {}
    const photos = this.#photos.sort()
    const where = `of ${countOf(photos.length, 'photo')} (${someNames(photos)})`
    const what =
      this.#scores === 1
        ? `1 score ${where} was no number and counts as 0`
        : `${this.#scores} scores ${where} were no number and count as 0`
    log(`${what}: look at the training that came before.`)
    return { nanScores: this.#scores, nanPhotos: photos }
  }
}
