import { spawn } from 'node:child_process'
import { openCommand } from './openCommand'

/** Opens an address in the person's browser. @returns whether something was there to open it with */
export async function openInBrowser(address: string): Promise<boolean> {
  const command = openCommand(address, process.platform, process.env)
  if (command === undefined) return false
  // Of its own process group: Ctrl-C here must not close a browser that was started by this.
  const child = spawn(command.program, command.args, { detached: true, stdio: 'ignore' })
  return new Promise<boolean>(resolve => {
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
