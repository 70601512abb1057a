import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface ForwardedPort {
  /** Where the other port's server is found. */
  readonly origin: string
  /** Breaks what is open and lets nothing new through until it is mended. */
  readonly cut: () => void
  readonly mend: () => void
  readonly close: () => void
}

/** What `ssh -L` does: another port of this machine leads to the server, and the line can break. */
export async function forwardPort(origin: string): Promise<ForwardedPort> {
  const sockets = new Set<Socket>()
  let isCut = false
  const server = createServer(near => {
    if (isCut) return near.destroy()
    const far = connect(Number(new URL(origin).port), '127.0.0.1')
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.pipe(other)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const breakAll = () => sockets.forEach(socket => socket.destroy())
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true
      breakAll()
    },
    mend: () => {
      isCut = false
    },
    close: () => {
      server.close()
      breakAll()
    },
  }
}
