import { join } from 'node:path'
import { startMaskwright, type StartedCli } from './cli'

export interface ServedWorkbench {
  readonly address: string
  readonly origin: string
  readonly cli: StartedCli
  /** Ends it as Ctrl-C does. */
  readonly stop: () => Promise<void>
}

export interface ServeOptions {
  /** Where the program keeps its own things: recent projects, settings. */
  readonly stateFolder: string
  readonly roots: readonly string[]
  readonly project?: string
  readonly port?: number
  readonly env?: Readonly<Record<string, string>>
}

/** Starts the built `maskwright serve` as a person does, and reads the address that it prints. */
export async function serveWorkbench({
  stateFolder,
  roots,
  project,
  port,
  env,
}: ServeOptions): Promise<ServedWorkbench> {
  const args = ['serve', '--json', '--port', String(port ?? 0), ...roots.flatMap(root => ['--root', root])]
  const cli = startMaskwright([...args, ...(project === undefined ? [] : ['--project', project])], {
    env: { MASKWRIGHT_STATE: join(stateFolder, 'state'), ...env },
  })
  let out = ''
  const address = await new Promise<string>((resolve, reject) => {
    cli.child.stdout!.on('data', (data: Buffer) => {
      out += data.toString()
      const match = /"address": "([^"]+)"/.exec(out)
      if (match) resolve(match[1]!)
    })
    void cli.result.then(({ err }) => reject(new Error(`serve ended: ${err}`)))
  })
  const stop = async () => {
    cli.child.kill('SIGINT')
    await cli.result
  }
  return { address, origin: new URL(address).origin, cli, stop }
}
