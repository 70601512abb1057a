import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gpuObstacle, nvidiaDriver } from './cuda'

const fine = { device: true, driver: '550.54.14', engine: true, failed: [] }

test.each([
  [{ ...fine, device: false, driver: undefined }, 'No NVIDIA device or driver'],
  [{ ...fine, driver: undefined }, 'its driver is not loaded'],
  [{ ...fine, device: false }, 'shows no device'],
  [{ ...fine, driver: '470.82.01' }, 'too old for CUDA 12.5'],
  [{ ...fine, engine: false }, 'maskwright engine install cuda'],
  [{ ...fine, failed: ['libcudnn.so.9: file too short'] }, 'libcudnn.so.9: file too short'],
  [fine, 'compute capabilities 6.0 to 9.0'],
])('names the first obstacle on the way to a GPU: %o', (facts, sentence) => {
  expect(gpuObstacle(facts)).toContain(sentence)
})

test('reads the version of the closed and of the open driver', () => {
  const folder = mkdtempSync(join(tmpdir(), 'maskwright-driver-'))
  const file = join(folder, 'version')
  try {
    writeFileSync(file, 'NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.14  Thu Feb 22 01:44:30 UTC 2024\n')
    expect(nvidiaDriver(file)).toBe('550.54.14')
    writeFileSync(file, 'NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.86.15  Release Build\n')
    expect(nvidiaDriver(file)).toBe('570.86.15')
    expect(nvidiaDriver(join(folder, 'absent'))).toBeUndefined()
  } finally {
    rmSync(folder, { recursive: true })
  }
})
