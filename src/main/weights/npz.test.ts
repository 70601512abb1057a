import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { assertSurvivesFuzz } from '../../../tests/helpers/fuzz'
import { golden } from '../../../tests/helpers/golden'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { writeZip } from '../../../tests/helpers/zipWriter'
import { bytesAsSource } from './byteSource'
import { encodeNpy } from './npy'
import { parseNpz, readNpz } from './npz'

const files = golden<{ numpy: Record<string, string> }>('weights.json').numpy
const array = { name: 'a.npy', data: encodeNpy({ dtype: 'U8', shape: [2], data: Uint8Array.of(1, 2) }) }

test.each(['npz', 'npz-compressed'])('reads the arrays that NumPy wrote as %s', async name => {
  const path = join(temporaryFolder(), 'cams.npz')
  writeFileSync(path, Buffer.from(files[name]!, 'base64'))
  expect(await readNpz(path)).toEqual(
    new Map([
      ['a', { dtype: 'F32', shape: [3], data: Float32Array.of(1, 0, 2) }],
      ['b', { dtype: 'I32', shape: [1000], data: new Int32Array(1000) }],
    ]),
  )
})

test.each([
  ['that claims a gigabyte and more', { ...array, deflate: true, claimedSize: 2 ** 31 }, 'would become 2147483648'],
  ['that inflates to more than it claims', { ...array, deflate: true, claimedSize: 100 }, 'cannot be decompressed'],
  ['that inflates to less than it claims', { ...array, deflate: true, claimedSize: 1000 }, '1000 were announced'],
  ['that is no array', { name: 'a.txt', data: Buffer.from('x') }, 'Cannot read a.txt of x.npz: it is not a NumPy file'],
])('refuses a member %s', async (_, member, problem) => {
  await expect(parseNpz(bytesAsSource(writeZip([member]), 'x.npz'))).rejects.toThrow(
    expect.objectContaining({ code: 'FILE_UNREADABLE', message: expect.stringContaining(problem) as string }),
  )
})

test('no broken file crashes the reader or makes it take memory', async () => {
  const bytes = writeZip([array, { ...array, name: 'b.npy', deflate: true }])
  await assertSurvivesFuzz(bytes, broken => parseNpz(bytesAsSource(broken, 'x.npz')), 3000)
})
