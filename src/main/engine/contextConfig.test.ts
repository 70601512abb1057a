import { expect, test } from 'vitest'
import { configProto, defaultEngineOptions, type EngineOptions } from './contextConfig'

function bytes(options: Partial<EngineOptions>): number[] {
  const none: EngineOptions = { ...defaultEngineOptions, interOpThreads: 0, memoryGrowth: false }
  return [...configProto({ ...none, ...options })]
}

/** Worked out from the protobuf encoding guide: key = field << 3 | wire type. */
test('writes nothing when everything is left to TensorFlow', () => expect(bytes({})).toEqual([]))

test('writes threads as varints: 2 → 10 02, 300 → 10 AC 02', () => {
  expect(bytes({ intraOpThreads: 2 })).toEqual([0x10, 0x02])
  expect(bytes({ intraOpThreads: 300 })).toEqual([0x10, 0xac, 0x02])
  expect(bytes({ interOpThreads: 1 })).toEqual([0x28, 0x01])
})

test('writes the GPU options as a message of its own: growth, fraction 0.5, devices "0,1"', () => {
  expect(bytes({ memoryGrowth: true })).toEqual([0x32, 2, 0x20, 1])
  // 0.5 is 0x3FE0000000000000, little-endian
  expect(bytes({ memoryFraction: 0.5 })).toEqual([0x32, 9, 0x09, 0, 0, 0, 0, 0, 0, 0xe0, 0x3f])
  expect(bytes({ visibleDevices: '0,1' })).toEqual([0x32, 5, 0x2a, 3, 0x30, 0x2c, 0x31])
})

test('keeps the order intra-op, inter-op, GPU', () => {
  expect(bytes({ intraOpThreads: 4, interOpThreads: 1, memoryGrowth: true })).toEqual([
    0x10, 4, 0x28, 1, 0x32, 2, 0x20, 1,
  ])
})
