import { spawn } from 'node:child_process'
import { WorkbenchError } from '../../shared/errors'
import { builtFile } from '../builtFile'
import type { DoctorReport } from '../../shared/contract/engine'

/** Exit codes with which the doctor has spoken: all is well, and no engine (`cli/exitCode.ts`). */
const spoken = [0, 3]

/**
 * Examines the engine in a process of its own: TensorFlow, once loaded, stays, and a library that does not fit may end
 * the process that loads it.
 * @throws ENGINE_FAILED where it ended without a report
 */
export async function examineInProcess(signal: AbortSignal): Promise<DoctorReport> {
  const { code, ended, out, err } = await runDoctor(signal)
  signal.throwIfAborted()
  if (code !== null && spoken.includes(code)) return JSON.parse(out) as DoctorReport
  const said = err.trim().split('\n').at(-1) ?? ''
  const how = ended === null ? `with exit code ${code}` : `by ${ended}`
  throw new WorkbenchError(
    'ENGINE_FAILED',
    `The engine ended ${how} while it was examined${said === '' ? '.' : `: ${said}`} ` +
      'Install it again, or point engine.library to another TensorFlow.',
  )
}

interface DoctorEnd {
  readonly code: number | null
  readonly ended: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

function runDoctor(signal: AbortSignal): Promise<DoctorEnd> {
  // Under Electron the running program is a browser unless it is told to be Node.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  const child = spawn(process.execPath, [builtFile('cli.js'), 'engine', 'doctor', '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = () => child.kill('SIGKILL')
  signal.addEventListener('abort', stop, { once: true })
  let [out, err] = ['', '']
  child.stdout.on('data', (data: Buffer) => (out += data.toString()))
  child.stderr.on('data', (data: Buffer) => (err += data.toString()))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, ended) => {
      signal.removeEventListener('abort', stop)
      resolve({ code, ended, out, err })
    })
  })
}
