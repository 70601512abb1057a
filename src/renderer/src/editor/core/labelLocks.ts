/** Labels whose pixels stay as they are: none is taken from them and none is added. */
export class LabelLocks {
  readonly #locked: Uint8Array
  #version = 0

  /** @param labels how many values a label can have: 256 or 65 536 */
  constructor(labels: number) {
    this.#locked = new Uint8Array(labels)
  }

  /** Whether nothing is locked. */
  get isEmpty(): boolean {
    return !this.#locked.includes(1)
  }

  /** Rises with every change. */
  get version(): number {
    return this.#version
  }

  /** `[labels]`, 1 where locked: for loops over pixels. */
  get table(): Readonly<Uint8Array> {
    return this.#locked
  }

  has(label: number): boolean {
    return this.#locked[label] === 1
  }

  set(label: number, locked: boolean): void {
    this.#locked[label] = locked ? 1 : 0
    this.#version++
  }

  toggle(label: number): void {
    this.set(label, !this.has(label))
  }

  /**
   * Locks `labels` but `free` and the background; where that is how it is, unlocks all: the same key twice is as before.
   * The background stays free, or nothing could be added to a class and nothing taken from it.
   */
  toggleOthers(free: number, labels: readonly number[]): void {
    const others = labels.filter(label => label !== free && label !== 0)
    const already = others.every(label => this.has(label)) && !this.has(free)
    this.#locked.fill(0)
    if (!already) for (const label of others) this.#locked[label] = 1
    this.#version++
  }
}
