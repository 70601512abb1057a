import { spawn, type ChildProcess } from 'node:child_process'
import { join, resolve } from 'node:path'

export interface ServedProject {
  readonly child: ChildProcess
  /** Lets one browser in, once. */
  readonly address: string
}

/**
 * The built program as a person starts it, on a project and with settings of nobody.
 *
 * @param folder whose `state` folder it remembers in, and whose folders may be chosen from
 */
export async function serveProject(folder: string, project: string): Promise<ServedProject> {
  const args = [resolve('bin/maskwright'), 'serve', '--json', '--root', folder, '--project', project]
  const state = { MASKWRIGHT_STATE: join(folder, 'state'), MASKWRIGHT_CONFIG: '/no/such/file.yaml' }
  const env = { ...process.env, ...state }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  const address = await new Promise<string>((found, failed) => {
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString()
      const match = /"address": "([^"]+)"/.exec(out)
      if (match) found(match[1]!)
    })
    child.once('exit', code => failed(new Error(`maskwright serve ended with ${code}: ${out}`)))
  })
  return { child, address }
}
