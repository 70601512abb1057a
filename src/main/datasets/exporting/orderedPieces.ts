/** Pieces that are made out of order and must be written in order: each waits for those before it. */
export class OrderedPieces<Piece> {
  readonly #write: (piece: Piece, place: number) => Promise<void>
  readonly #waiting = new Map<number, Piece>()
  #next = 0
  #writing: Promise<void> = Promise.resolve()

  constructor(write: (piece: Piece, place: number) => Promise<void>) {
    this.#write = write
  }

  /** Resolves when all that can be written by now is. @param place from 0, each once */
  add(place: number, piece: Piece): Promise<void> {
    this.#waiting.set(place, piece)
    this.#writing = this.#writing.then(() => this.#flush())
    return this.#writing
  }

  async #flush(): Promise<void> {
    for (let piece = this.#waiting.get(this.#next); piece !== undefined; piece = this.#waiting.get(this.#next)) {
      this.#waiting.delete(this.#next)
      await this.#write(piece, this.#next++)
    }
  }
}
