/** Things made from data and kept for as long as the newest pictures show that data. */
export class TextureCache<Key extends object, Kept> {
  readonly #make: (key: Key) => Kept
  readonly #close: (kept: Kept) => void
  readonly #most: number
  /** In the order of their last use. */
  readonly #kept = new Map<Key, Kept>()

  /** @param most how many are kept, at least as many as one picture shows */
  constructor(most: number, make: (key: Key) => Kept, close: (kept: Kept) => void) {
    this.#most = most
    this.#make = make
    this.#close = close
  }

  get(key: Key): Kept {
    const kept = this.#kept.get(key) ?? this.#make(key)
    this.#kept.delete(key)
    this.#kept.set(key, kept)
    for (const [oldest, old] of this.#kept) {
      if (this.#kept.size <= this.#most) break
      this.#kept.delete(oldest)
      this.#close(old)
    }
    return kept
  }

  clear(): void {
    for (const kept of this.#kept.values()) this.#close(kept)
    this.#kept.clear()
  }
}
