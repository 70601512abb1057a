/** Rows of whole numbers kept as columns that grow: millions of annotations in some tens of megabytes. */
export class GrowingColumns<Name extends string> {
  readonly #names: readonly Name[]
  #columns: Record<Name, Float64Array>
  #rows = 0

  constructor(names: readonly Name[]) {
    this.#names = names
    this.#columns = this.#grown(1024)
  }

  get rows(): number {
    return this.#rows
  }

  add(row: Readonly<Record<Name, number>>): void {
    if (this.#rows === this.#columns[this.#names[0]!].length) this.#columns = this.#grown(2 * this.#rows)
    for (const name of this.#names) this.#columns[name][this.#rows] = row[name]
    this.#rows++
  }

  /** The column's rows so far. */
  column(name: Name): Float64Array {
    return this.#columns[name].subarray(0, this.#rows)
  }

  #grown(length: number): Record<Name, Float64Array> {
    const entries = this.#names.map(name => {
      const column = new Float64Array(length)
      if (this.#rows > 0) column.set(this.#columns[name])
      return [name, column] as const
    })
    return Object.fromEntries(entries) as Record<Name, Float64Array>
  }
}
