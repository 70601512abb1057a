/** Whether a process of this machine runs. Signal 0 only asks; one of somebody else may not be asked, but is alive. */
export function processIsAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
