import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Krähenbühl's C++ with a Python door to it. */
const PACKAGES = ['numpy==2.3.5', 'pydensecrf2==1.1']

/** A Python with pydensecrf2, installed into `.setup/crf-peer` when it is first needed; MASKWRIGHT_CRF_PYTHON is another. */
export function crfPython(): string {
  const given = process.env['MASKWRIGHT_CRF_PYTHON']
  if (given !== undefined) return given
  const folder = join('.setup', 'crf-peer')
  const python = join(folder, 'bin', 'python')
  if (!existsSync(join(folder, 'complete'))) {
    run('python3', ['-m', 'venv', folder])
    run(python, ['-m', 'pip', 'install', '--quiet', ...PACKAGES])
    run(python, ['-c', `import pydensecrf.densecrf; open(${JSON.stringify(join(folder, 'complete'))}, 'w')`])
  }
  return python
}

function run(command: string, parameters: readonly string[]): void {
  const { status } = spawnSync(command, parameters, { stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) throw new Error(`${command} ${parameters.join(' ')} ended with ${String(status)}`)
}
