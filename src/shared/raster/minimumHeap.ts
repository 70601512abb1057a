/** A binary heap of whole numbers by cost; the same number may stand in it more than once. */
export class MinimumHeap {
  #costs = new Float64Array(256)
  #items = new Int32Array(256)
  #size = 0

  push(cost: number, item: number): void {
    if (this.#size === this.#items.length) this.#grow()
    const [costs, items] = [this.#costs, this.#items]
    let at = this.#size++
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (costs[parent]! <= cost) break
      costs[at] = costs[parent]!
      items[at] = items[parent]!
      at = parent
    }
    costs[at] = cost
    items[at] = item
  }

  /** The item of the least cost; undefined where none is left. */
  pop(): number | undefined {
    if (this.#size === 0) return undefined
    const [costs, items] = [this.#costs, this.#items]
    const least = items[0]!
    const last = --this.#size
    const cost = costs[last]!
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= last) break
      if (child + 1 < last && costs[child + 1]! < costs[child]!) child++
      if (costs[child]! >= cost) break
      costs[at] = costs[child]!
      items[at] = items[child]!
      at = child
    }
    costs[at] = cost
    items[at] = items[last]!
    return least
  }

  #grow(): void {
    const [costs, items] = [this.#costs, this.#items]
    this.#costs = new Float64Array(2 * costs.length)
    this.#items = new Int32Array(2 * items.length)
    this.#costs.set(costs)
    this.#items.set(items)
  }
}
