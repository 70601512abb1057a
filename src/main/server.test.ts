import { createServer, type AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../tests/helpers/temporaryFolder'
import { WorkbenchError } from '../shared/errors'
import { listenError, startServer } from './server'
import { createWorkbench, type Workbench } from './workbench'

/** @param port 0: a free one @returns the port that is held until the end, or undefined where another program has it */
async function hold(port: number): Promise<AsyncDisposable & { readonly port: number | undefined }> {
  const holder = createServer()
  const isHeld = await new Promise<boolean>(resolve => {
    holder.once('listening', () => resolve(true))
    holder.once('error', () => resolve(false))
    holder.listen(port, '127.0.0.1')
  })
  return {
    port: isHeld ? (holder.address() as AddressInfo).port : undefined,
    [Symbol.asyncDispose]: () => new Promise<void>(resolve => void holder.close(() => resolve())),
  }
}

function newWorkbench(): Workbench {
  const folder = temporaryFolder()
  process.env['MASKWRIGHT_STATE'] = folder
  return createWorkbench({ roots: [folder], rendererFolder: folder })
}

test('where the usual port is taken a free one is', async () => {
  await using usual = await hold(7421)
  await using workbench = newWorkbench()
  await using server = await startServer(workbench)
  const port = Number(new URL(server.origin).port)
  expect(port).toBeGreaterThan(0)
  expect(port).not.toBe(usual.port)
})

test('a connection that rests between two clicks is kept, and ends with the server all the same', async () => {
  await using workbench = newWorkbench()
  {
    await using server = await startServer(workbench)
    const answer = await fetch(server.origin) // its connection stays open
    await answer.arrayBuffer()
    expect(answer.headers.get('keep-alive')).toBe('timeout=600')
  }
})

test('a port that was asked for and is taken is refused', async () => {
  await using taken = await hold(0)
  await using workbench = newWorkbench()
  await expect(startServer(workbench, taken.port)).rejects.toMatchObject({
    code: 'USAGE',
    message: `Port ${taken.port} is in use: choose another with --port, or none for a free one.`,
  })
})

test('what no other port would mend is told as the system says it', () => {
  const told = (code: string) => listenError(Object.assign(new Error(`listen ${code}`), { code }), 7421)
  for (const code of ['EADDRINUSE', 'EACCES']) expect(told(code)).toBeInstanceOf(WorkbenchError)
  for (const code of ['EMFILE', 'EADDRNOTAVAIL']) {
    expect(told(code)).not.toBeInstanceOf(WorkbenchError)
    expect(told(code).message).toBe(`listen ${code}`)
  }
})
