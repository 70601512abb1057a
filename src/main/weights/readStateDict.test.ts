import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { golden } from '../../../tests/helpers/golden'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { readStateDict } from './readStateDict'
import { encodeSafetensors } from './safetensors'
import { stripPrefixes } from './stateDict'
import type { NamedTensor } from './tensors'

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

const tar = Buffer.alloc(1024)
tar.write('storages')
tar.write('ustar', 257)

test.each([
  ['a tar file', tar, 'it is a tar file, as PyTorch 0.1 wrote them; in Python, save the state_dict as .safetensors'],
  ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\n', 'it is a Git LFS pointer; run "git lfs pull"'],
  ['a web page', '<!DOCTYPE html>', 'it is a web page; the download failed'],
  ['a plain pickle', Buffer.from('\x80\x02K\x01.', 'latin1'), 'it is a pickle, but not one that PyTorch wrote'],
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
