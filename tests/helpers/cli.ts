import { spawn, type ChildProcess } from 'node:child_process'
import { resolve } from 'node:path'
import { atEndOfTest } from './endOfFile'

export interface CliResult {
  /** The exit code; null when a signal ended it. */
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface StartedCli {
  readonly child: ChildProcess
  /** Resolves once standard error has said it, or once the command has ended. */
  readonly says: (text: string) => Promise<void>
  readonly result: Promise<CliResult>
}

export interface CliOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

const script = resolve('bin/maskwright')
/** Starts the built command line as a person does: a process of its own, settings of nobody. */
export function startMaskwright(args: readonly string[], { cwd, env }: CliOptions = {}): StartedCli {
  const child = spawn(process.execPath, [script, ...args], {
    cwd,
    env: { ...process.env, MASKWRIGHT_CONFIG: '/no/such/file.yaml', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A test that fails in the middle leaves nothing behind that computes on.
  atEndOfTest(() => child.kill('SIGKILL'))
  let [out, err] = ['', '']
  child.stdout.on('data', (data: Buffer) => (out += data.toString()))
  child.stderr.on('data', (data: Buffer) => (err += data.toString()))
  const result = new Promise<CliResult>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve({ code, out, err }))
  })
  const says = (text: string) =>
    new Promise<void>(resolve => {
      const look = () => err.includes(text) && resolve()
      child.stderr.on('data', look)
      void result.then(() => resolve())
      look()
    })
  return { child, says, result }
}

/** Runs the built command line to its end. */
export function maskwright(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return startMaskwright(args, options).result
}
