import { spawn } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { explainPipFailure, pythonMissing } from './pip'

export interface PipRun {
  readonly python: string
  readonly arguments: readonly string[]
  /** Named in errors, e.g. `the CPU engine`. */
  readonly what: string
  /** pip's temporary folder: on the target's disk, so that nothing is copied twice and the right disk is measured. */
  readonly temporary: string
  readonly signal?: AbortSignal | undefined
}

/** Runs pip to its end. @throws what {@link explainPipFailure} makes of its output; AbortError when aborted */
export async function runPip(run: PipRun): Promise<void> {
  const { status, output } = await spawnAndCollect(run.python, run.arguments, {
    signal: run.signal,
    environment: { ...process.env, TMPDIR: run.temporary, PIP_NO_INPUT: '1' },
  })
  if (status !== 0) throw explainPipFailure(run.what, output)
}

/** The first Python 3 that starts: `PYTHON`, `python3`, `python`. @throws ENGINE_MISSING when there is none */
export async function findPython(what: string, environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const candidates = [environment['PYTHON'], 'python3', 'python'].filter(name => name !== undefined && name !== '')
  for (const name of candidates) {
    const { status, output } = await spawnAndCollect(name as string, ['--version'], { environment })
    if (status === 0 && output.startsWith('Python 3')) return name as string
  }
  throw pythonMissing(what)
}

/** Bytes of all files under `folder`; files that vanish meanwhile count nothing. */
export async function folderBytes(folder: string): Promise<number> {
  let bytes = 0
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])) {
    if (!entry.isFile()) continue
    const file = await stat(join(entry.parentPath, entry.name)).catch(() => undefined)
    bytes += file?.size ?? 0
  }
  return bytes
}

interface SpawnOptions {
  readonly environment: NodeJS.ProcessEnv
  readonly signal?: AbortSignal | undefined
}

/** Status 127 stands for a program that does not start. */
function spawnAndCollect(
  program: string,
  args: readonly string[],
  { environment, signal }: SpawnOptions,
): Promise<{ status: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: environment, signal, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', data => (output += String(data)))
    child.stderr.on('data', data => (output += String(data)))
    child.on('error', error =>
      error.name === 'AbortError' ? reject(error) : resolve({ status: 127, output: error.message }),
    )
    child.on('close', status => resolve({ status: status ?? 1, output }))
  })
}
