import { expect, test } from 'vitest'
import { pins } from './pins'
import { downloadArguments, explainPipFailure, unpackArguments } from './pip'

test('every pinned package has its version and its hash, and nothing else is in the list', () => {
  for (const { requirements } of Object.values(pins)) {
    const lines = requirements.split('\n').filter(line => line !== '' && !line.startsWith('#'))
    const packages = lines.filter((_, i) => i % 2 === 0)
    const hashes = lines.filter((_, i) => i % 2 === 1)
    for (const line of packages) expect(line).toMatch(/^[a-z0-9-]+==[0-9.]+ \\$/)
    for (const line of hashes) expect(line).toMatch(/^ {4}--hash=sha256:[0-9a-f]{64}$/)
    expect(hashes.length).toBe(packages.length)
  }
})

test('pip checks hashes, runs no code of a package, and asks the network only to fetch', () => {
  for (const args of [downloadArguments('r.txt', 'wheels'), unpackArguments('r.txt', 'wheels', 'target')])
    expect(args).toEqual(expect.arrayContaining(['--require-hashes', '--only-binary=:all:', '--no-deps']))
  expect(unpackArguments('r.txt', 'wheels', 'target')).toContain('--no-index')
})

test.each([
  ['/usr/bin/python3: No module named pip', 'ENGINE_MISSING', 'sudo apt install python3-pip'],
  ["OSError: [Errno 28] No space left on device: 'x'", 'DISK_FULL', 'free some space'],
  ['ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.', 'ENGINE_MISSING', 'SHA-256 differs'],
  ['WARNING: Retrying … NewConnectionError … Failed to establish', 'ENGINE_MISSING', 'cannot be reached'],
  ['ERROR: No matching distribution: Could not find a version that satisfies', 'ENGINE_MISSING', 'does not hold this'],
  ["PermissionError: [Errno 13] Permission denied: '/opt'", 'ENGINE_MISSING', 'set MASKWRIGHT_DATA'],
  [
    'ERROR: a new kind of trouble\nWARNING: you should upgrade\n',
    'ENGINE_MISSING',
    'said "ERROR: a new kind of trouble"',
  ],
])('explains pip’s %j', (output, code, sentence) => {
  const error = explainPipFailure('the engine', output)
  expect(error.code).toBe(code)
  expect(error.message).toContain(sentence)
})
