/**
 * Points of an integer lattice, numbered from 1 in the order in which they were first seen. The hash of a point is
 * linear in its coordinates, so that whoever walks from one point to the next adds a constant instead of hashing anew.
 */
export class VertexTable {
  /** `[slots, 2]`: a point's hash and number; 0: free. A power of two of slots, at most half full. */
  #slots: Int32Array
  /** `[capacity, dimensions]`, by number. */
  #keys: Int32Array
  /** `[capacity]`, by number. */
  #hashes: Int32Array
  #size = 0

  /** @param expected points: the table grows when there are more */
  constructor(
    readonly dimensions: number,
    expected: number,
  ) {
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(16, expected)))
    this.#slots = new Int32Array(4 * capacity)
    this.#keys = new Int32Array((capacity + 1) * dimensions)
    this.#hashes = new Int32Array(capacity + 1)
  }

  /** How many points there are; their numbers are 1 … size. */
  get size(): number {
    return this.#size
  }

  hashOf(number: number): number {
    return this.#hashes[number]!
  }

  /** Writes the coordinates of a point to the front of `into`. */
  copyKey(number: number, into: Int32Array): void {
    const start = number * this.dimensions
    for (let i = 0; i < this.dimensions; i++) into[i] = this.#keys[start + i]!
  }

  /** @returns the point's number; 0 when it was never added */
  find(key: Int32Array, hash: number): number {
    return this.#slots[this.#slotOf(key, hash) + 1]!
  }

  /** @returns the point's number, a new one when it was never seen */
  add(key: Int32Array, hash: number): number {
    const slots = this.#slots
    const slot = this.#slotOf(key, hash)
    if (slots[slot + 1] !== 0) return slots[slot + 1]!
    const number = ++this.#size
    slots[slot] = hash
    slots[slot + 1] = number
    this.#hashes[number] = hash
    for (let i = 0; i < this.dimensions; i++) this.#keys[number * this.dimensions + i] = key[i]!
    if (4 * number === slots.length) this.#grow()
    return number
  }

  /** Where the point's slot begins, or the free one that it would take. Most others are passed by at their hash. */
  #slotOf(key: Int32Array, hash: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    for (let slot = (2 * spread(hash)) & mask; ; slot = (slot + 2) & mask) {
      const number = slots[slot + 1]!
      if (number === 0 || (slots[slot] === hash && this.#is(number, key))) return slot
    }
  }

  #is(number: number, key: Int32Array): boolean {
    const keys = this.#keys
    const start = number * this.dimensions
    for (let i = 0; i < this.dimensions; i++) if (keys[start + i] !== key[i]) return false
    return true
  }

  #grow(): void {
    const capacity = this.#slots.length / 2
    this.#slots = new Int32Array(4 * capacity)
    this.#keys = copied(this.#keys, (capacity + 1) * this.dimensions)
    this.#hashes = copied(this.#hashes, capacity + 1)
    const mask = this.#slots.length - 1
    for (let number = 1; number <= this.#size; number++) {
      const hash = this.#hashes[number]!
      let slot = (2 * spread(hash)) & mask
      while (this.#slots[slot + 1] !== 0) slot = (slot + 2) & mask
      this.#slots[slot] = hash
      this.#slots[slot + 1] = number
    }
  }
}

/** Neighbouring points differ by constants: without their high bits in the low ones they would crowd a few slots. */
function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return mixed ^ (mixed >>> 13)
}

function copied(from: Int32Array, length: number): Int32Array {
  const out = new Int32Array(length)
  out.set(from)
  return out
}
