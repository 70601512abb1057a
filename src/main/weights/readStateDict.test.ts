import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { golden } from '../../../tests/helpers/golden'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { readStateDict } from './readStateDict'
import { encodeSafetensors } from './safetensors'
import { stripPrefixes } from './stateDict'
import type { NamedTensor } from '../../shared/tensors/tensors'

const files = golden<{ torch: Record<string, string>; numpy: Record<string, string> }>('weights.json')
const names = ['0.weight', '0.bias', '1.weight', '1.bias', '1.running_mean', '1.running_var', '1.num_batches_tracked']
const folder = temporaryFolder()

function written(content: Uint8Array | string): string {
  const path = join(folder, 'net.pth')
  writeFileSync(path, content)
  return path
}

test.each([
  ['a zip checkpoint', 'module-zip'],
  ['a legacy checkpoint', 'module-legacy'],
  ['a whole training checkpoint', 'checkpoint-zip'],
  ['a checkpoint of DataParallel under state_dict', 'parallel-legacy'],
])('reads %s by its content', async (_, name) => {
  const tensors = await readStateDict(written(Buffer.from(files.torch[name]!, 'base64')))
  expect([...tensors.keys()]).toEqual(names)
  expect(tensors.get('0.weight')).toEqual({ dtype: 'F32', shape: [1, 1, 1, 1], data: Float32Array.of(0.5) })
})

test('reads safetensors whatever the file is called', async () => {
  const weight: NamedTensor = { dtype: 'F32', shape: [1], data: Float32Array.of(3) }
  const path = written(encodeSafetensors(new Map([['module.backbone.conv1.weight', weight]])))
  expect(await readStateDict(path)).toEqual(new Map([['conv1.weight', weight]]))
})

test('a prefix is taken off only where all names have it', () => {
  expect([...stripPrefixes(new Map([['module.model.a', 1]])).keys()]).toEqual(['a'])
  expect([...stripPrefixes(new Map([['module.backbone.a', 1]]).set('module.fc', 2)).keys()]).toEqual([
    'backbone.a',
    'fc',
  ])
  expect(stripPrefixes(new Map()).size).toBe(0)
})

test('reads a checkpoint in several files by its index', async () => {
  const weight = (value: number): NamedTensor => ({ dtype: 'F32', shape: [1], data: Float32Array.of(value) })
  writeFileSync(join(folder, '1.safetensors'), encodeSafetensors(new Map([['b', weight(2)]])))
  const first = new Map([
    ['a', weight(1)],
    ['unused', weight(0)],
  ])
  writeFileSync(join(folder, '2.safetensors'), encodeSafetensors(first))
  const index = { metadata: { total_size: 8 }, weight_map: { a: '2.safetensors', b: '1.safetensors' } }
  expect(await readStateDict(written(JSON.stringify(index)))).toEqual(
    new Map([
      ['a', weight(1)],
      ['b', weight(2)],
    ]),
  )
})

test.each([
  ['/etc/passwd'],
  ['../secret.safetensors'],
  ['sub/net.safetensors'],
  ['sub\\net.safetensors'],
  ['C:net.safetensors'],
  [7],
])('an index cannot lead to %s', async file => {
  await expect(readStateDict(written(JSON.stringify({ weight_map: { a: file } })))).rejects.toThrow(
    'Cannot read net.pth: the file of "a" is not the plain name of a .safetensors beside it.',
  )
})

const tar = Buffer.alloc(1024)
tar.write('storages')
tar.write('ustar', 257)

test.each([
  ['a tar file', tar, 'it is a tar file, as PyTorch 0.1 wrote them; in Python, save the state_dict as .safetensors'],
  ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\n', 'it is a Git LFS pointer; run "git lfs pull"'],
  ['a web page', '<!DOCTYPE html>', 'it is a web page; the download failed'],
  ['a plain pickle', Buffer.from('\x80\x02K\x01.', 'latin1'), 'it is a pickle, but not one that PyTorch wrote'],
  ['other JSON', '{"weights": []}', 'it is JSON, but not the index of a safetensors checkpoint'],
  ['broken JSON', '{"weight_map"', 'it is not valid JSON'],
  ['an empty file', '', 'it is neither safetensors nor a PyTorch checkpoint'],
  ['a NumPy archive', Buffer.from(files.numpy['npz']!, 'base64'), 'it is a zip file, but not a PyTorch checkpoint'],
])('refuses %s and says what it is', async (_, content, problem) => {
  await expect(readStateDict(written(content))).rejects.toThrow(
    expect.objectContaining({
      code: 'WEIGHTS_UNREADABLE',
      message: expect.stringContaining(`Cannot read net.pth: ${problem}`) as string,
    }),
  )
})

test('a missing file and a folder are named', async () => {
  await expect(readStateDict('/nowhere/net.pth')).rejects.toThrow(
    'Cannot open /nowhere/net.pth: there is no such file.',
  )
  await expect(readStateDict(folder)).rejects.toThrow(`Cannot open ${folder}: it is not a file.`)
})
