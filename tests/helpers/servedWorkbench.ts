import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectKey } from '../../src/main/host/projectKey'
import { startMaskwright, type StartedCli } from './cli'

/** What a browser holds that was let in. */
export interface BrowserKey {
  readonly name: string
  readonly value: string
  readonly url: string
}

export interface ServedWorkbench {
  /** Works once, as the printed one does; pages of `openPage` hold a key and may open it any number of times. */
  readonly address: string
  readonly origin: string
  /** `Cookie` header of one who is in, for requests of the test itself. */
  readonly cookie: string
  readonly cli: StartedCli
  /** Opens one more project. @returns the address that its screens begin with */
  readonly open: (folder: string) => Promise<string>
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

/** The keys of the workbenches that run: a test's pages have them all. */
export const browserKeys = new Map<string, BrowserKey>()

/** What the first workbench that estimated a run measured of this machine: the later ones need not measure it anew. */
let machineSpeed: Buffer | undefined

/** Starts the built `maskwright serve` as a person does, reads the address that it prints and goes in. */
export async function serveWorkbench({
  stateFolder,
  roots,
  project,
  port,
  env,
}: ServeOptions): Promise<ServedWorkbench> {
  const args = ['serve', '--json', '--port', String(port ?? 0), ...roots.flatMap(root => ['--root', root])]
  const state = join(stateFolder, 'state')
  const speedFile = join(state, 'speed.json')
  if (machineSpeed !== undefined) {
    mkdirSync(state, { recursive: true })
    writeFileSync(speedFile, machineSpeed)
  }
  const cli = startMaskwright([...args, ...(project === undefined ? [] : ['--project', project])], {
    env: { MASKWRIGHT_STATE: state, ...env },
  })
  let out = ''
  const printed = await new Promise<string>((resolve, reject) => {
    cli.child.stdout!.on('data', (data: Buffer) => {
      out += data.toString()
      const match = /"address": "([^"]+)"/.exec(out)
      if (match) resolve(match[1]!)
    })
    void cli.result.then(({ err }) => reject(new Error(`serve ended: ${err}`)))
  })
  const { origin } = new URL(printed)
  const key = await enter(printed)
  browserKeys.set(origin, key)
  const cookie = `${key.name}=${key.value}`
  const stop = async () => {
    cli.child.kill('SIGINT')
    await cli.result
    browserKeys.delete(origin)
    if (existsSync(speedFile)) machineSpeed = readFileSync(speedFile)
  }
  const open = async (folder: string) => {
    await asked(origin, cookie, 'projects.open', { folder })
    return `${origin}/p/${projectKey(folder)}`
  }
  return { address: await invitation(origin, cookie), origin, cookie, cli, open, stop }
}

async function enter(address: string): Promise<BrowserKey> {
  const { headers } = await fetch(address, { redirect: 'manual' })
  const [, name, value] = /^([^=]+)=([^;]+)/.exec(headers.get('set-cookie') ?? '') ?? []
  if (name === undefined || value === undefined) throw new Error(`${address} gives no key`)
  return { name, value, url: new URL(address).origin }
}

/** An address for one more browser. */
async function invitation(origin: string, cookie: string): Promise<string> {
  const { path } = (await asked(origin, cookie, 'door.invite')) as { readonly path: string }
  return origin + path
}

/** Asks a request of the API. @returns its answer */
async function asked(origin: string, cookie: string, request: string, input?: object): Promise<unknown> {
  const headers = { cookie, 'content-type': 'application/json' }
  const body = input === undefined ? {} : { body: JSON.stringify(input) }
  const response = await fetch(`${origin}/api/${request}`, { method: 'POST', headers, ...body })
  const answer = (await response.json()) as { readonly result?: { readonly data: unknown } }
  if (answer.result === undefined) throw new Error(`${request}: ${JSON.stringify(answer)}`)
  return answer.result.data
}
