/**
 * Tells of which classes the labels may be different from before: one edit is of one class, and what was worked out from
 * the others stays. Whether another program wrote to the file is the dataset's clock to say.
 */
export class LabelClock {
  readonly #changes = new Map<number, number>()
  #now = 0

  /** Whoever writes a label of the class says so. */
  tick(classId: number): void {
    this.#changes.set(classId, ++this.#now)
  }

  /** Another number than before: some label may be different. */
  get now(): number {
    return this.#now
  }

  /** Another number than before: labels of this class may be different. */
  of(classId: number): number {
    return this.#changes.get(classId) ?? 0
  }
}
