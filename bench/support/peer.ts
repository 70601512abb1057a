import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Python with PyTorch: MASKWRIGHT_PEER_PYTHON, or what `--setup-peer` installed. */
function peerPython(): string {
  const given = process.env['MASKWRIGHT_PEER_PYTHON']
  const installed = join('.setup', 'peer', 'bin', 'python')
  const python = given ?? (existsSync(installed) ? installed : undefined)
  if (python !== undefined) return python
  console.error(
    'This benchmark measures against PyTorch: add --setup-peer to install it, or set MASKWRIGHT_PEER_PYTHON.',
  )
  process.exit(2)
}

/** Runs a script of bench/peers and parses the JSON on its last line. */
export function runPeer<Result>(script: string, ...args: readonly string[]): Result {
  const { status, stdout, stderr } = spawnSync(peerPython(), [join('bench', 'peers', script), ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(`${script} failed: ${stderr}`)
  return JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as Result
}
