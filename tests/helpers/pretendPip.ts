import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A Python in `folder` whose pip does what a Bash `script` says, with pip's `$command` and `$target`: what the world may
 * do to an installation without fetching anything.
 * @returns its path, for `PYTHON`
 */
export function pretendPip(folder: string, script: string): string {
  const python = join(folder, 'python')
  const lines = [
    '#!/bin/bash',
    '[ "$1" = --version ] && { echo Python 3.11.7; exit 0; }',
    'command="$3"; while [ $# -gt 0 ]; do [ "$1" = --target ] && target="$2"; shift; done',
    script,
  ]
  writeFileSync(python, lines.join('\n'))
  chmodSync(python, 0o755)
  return python
}
