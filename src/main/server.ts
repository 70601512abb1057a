import type { AddressInfo } from 'node:net'
import { serve, type ServerType } from '@hono/node-server'
import { WorkbenchError } from '../shared/errors'
import type { Workbench } from './workbench'

export interface RunningServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string
  /** An address that opens the window in one more browser: it carries a token that works once. */
  readonly newAddress: (path?: string) => string
}

/** Taken where it is free: what a browser remembers of the window (theme, panels) it remembers by its port. */
const usualPort = 7421

/**
 * An idle connection is kept so long: where the server closes it just as a window or a tunnel sends the next request over
 * it, that request is lost. By itself Node closes it after 5 seconds, which is about how often a person clicks.
 */
const idleMs = 600_000

/**
 * Puts the workbench behind a server that only this machine reaches.
 * @param port 0: a free one; left out: the usual one, or a free one where that is taken
 * @throws USAGE where the given port is taken, and what the system says where it gives none
 */
export async function startServer(workbench: Workbench, port?: number): Promise<RunningServer> {
  const server = port === undefined ? await listenAnywhere(workbench) : await listen(workbench, port)
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  workbench.sessions.answersAt(origin)
  return {
    origin,
    newAddress: path => origin + workbench.newAddress(path),
    [Symbol.asyncDispose]: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

async function listenAnywhere(workbench: Workbench): Promise<ServerType> {
  try {
    return await listen(workbench, usualPort)
  } catch (cause) {
    if (cause instanceof WorkbenchError) return listen(workbench, 0)
    throw cause
  }
}

/** @throws WorkbenchError where this one port is not to be had: it is taken, or kept by the system, as Windows keeps some */
async function listen({ fetch }: Workbench, port: number): Promise<ServerType> {
  const serverOptions = { keepAliveTimeout: idleMs }
  const server = serve({ fetch, hostname: '127.0.0.1', port, overrideGlobalObjects: false, serverOptions })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', (cause: NodeJS.ErrnoException) => reject(listenError(cause, port)))
  })
  return server
}

/** A sentence for what another port mends; anything else as it came. */
export function listenError(cause: NodeJS.ErrnoException, port: number): Error {
  if (cause.code === 'EADDRINUSE')
    return new WorkbenchError('USAGE', `Port ${port} is in use: choose another with --port, or none for a free one.`)
  if (cause.code === 'EACCES')
    return new WorkbenchError('USAGE', `Port ${port} is not allowed here: choose one above 1023 with --port.`)
  return cause
}
