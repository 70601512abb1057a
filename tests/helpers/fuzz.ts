import { expect } from 'vitest'
import { WorkbenchError } from '../../src/shared/errors'

/** Bytes that reading one broken copy of a small file may take. */
const MOST_MEMORY = 4 * 2 ** 20

/**
 * Feeds a reader every truncation of `bytes` and `flips` versions with one to three bytes changed. Each must be read or
 * refused by a WorkbenchError that is not INTERNAL: nothing else may be thrown, and no memory taken on the file's word.
 */
export async function assertSurvivesFuzz(
  bytes: Uint8Array,
  read: (bytes: Uint8Array) => unknown,
  flips = 10_000,
): Promise<void> {
  let mostTaken = 0
  const attempt = async (input: Uint8Array): Promise<void> => {
    const before = usedMemory()
    try {
      await read(input)
    } catch (error) {
      if (!(error instanceof WorkbenchError) || error.code === 'INTERNAL') throw error
    }
    mostTaken = Math.max(mostTaken, usedMemory() - before)
  }
  for (let length = 0; length < bytes.length; length++) await attempt(bytes.slice(0, length))
  const random = xorshift(0x9e3779b9)
  for (let round = 0; round < flips; round++) {
    const changed = bytes.slice()
    for (let change = 0; change <= round % 3; change++) changed[random() % bytes.length] = random() & 0xff
    await attempt(changed)
  }
  expect(mostTaken).toBeLessThan(MOST_MEMORY)
}

/** Array buffers alone: the JavaScript heap comes and goes with the garbage collector. */
function usedMemory(): number {
  return process.memoryUsage().arrayBuffers
}

/** Marsaglia's xorshift, 32 bits: the same sequence everywhere. */
export function xorshift(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}
