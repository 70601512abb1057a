import { expect, test } from 'vitest'
import { decodeDelta, encodeDelta, forEachDeltaRun } from './labelDelta'

const size = { width: 300, height: 3 }

/** A stroke over the seam of the two tiles of 300×3: columns 254 … 258 of row 1 become 7. */
function seamStroke() {
  const labels = new Uint8Array(900)
  labels.fill(7, 300 + 254, 300 + 259)
  const [left, right] = [new Uint8Array(256 * 3), new Uint8Array(44 * 3)]
  return encodeDelta('brush', labels, size, [
    { index: 1, before: right, top: 1, bottom: 2 },
    { index: 0, before: left, top: 0, bottom: 3 },
  ])!
}

const changes = (delta: Parameters<typeof forEachDeltaRun>[0]) => {
  const found: number[][] = []
  forEachDeltaRun(delta, (...run) => found.push(run))
  return found
}

test('a stroke across tiles is a few bytes, tile by tile', () => {
  const { bytes, tiles } = seamStroke()
  const header = [0x4d, 0x57, 0x4c, 0x44, 1, 1, 0xac, 0x02, 3, 5, ...Buffer.from('brush'), 2]
  // tile 0: after 256 + 254 pixels 2 change from 0 to 7; tile 1: after 44 pixels 3 do
  expect([...bytes.subarray(0, -4)]).toEqual([...header, 0, 5, 0xfe, 0x03, 2, 0, 7, 1, 4, 44, 3, 0, 7])
  expect(tiles.map(({ index }) => index)).toEqual([0, 1])
})

test('what is read back names the same pixels', () => {
  const delta = seamStroke()
  const read = decodeDelta(delta.bytes, 'stroke 1')
  expect(read).toEqual(delta)
  expect(changes(read)).toEqual([
    [554, 556, 0, 7, 0],
    [556, 559, 0, 7, 1],
  ])
})

test('labels beyond 255 are kept', () => {
  const delta = encodeDelta('fill', Uint16Array.of(0, 40_000), { width: 2, height: 1 }, [
    { index: 0, before: Uint16Array.of(0, 255), top: 0, bottom: 1 },
  ])!
  expect(changes(decodeDelta(delta.bytes, 'stroke 1'))).toEqual([[1, 2, 255, 40_000, 0]])
})

test('nothing changed is no delta', () => {
  expect(encodeDelta('brush', new Uint8Array(900), size, [])).toBeUndefined()
})

test('every single damaged byte is found', () => {
  const { bytes } = seamStroke()
  for (let i = 0; i < bytes.length; i++) {
    const damaged = Uint8Array.from(bytes)
    damaged[i]! ^= 0x10
    expect(() => decodeDelta(damaged, 'stroke 9')).toThrow(/stroke 9/)
  }
  for (let length = 0; length < bytes.length; length++)
    expect(() => decodeDelta(bytes.subarray(0, length), 'stroke 9')).toThrow('stroke 9')
})
