import { readFileSync } from 'node:fs'

/**
 * Most memory that a running process ever had resident, of all its threads together, from Linux's VmHWM.
 *
 * @returns MB of 2²⁰ bytes; undefined where the process has ended
 */
export function peakMegabytes(pid: number): number | undefined {
  let status: string
  try {
    status = readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return undefined
  }
  const kilobytes = /VmHWM:\s+(\d+)/.exec(status)?.[1]
  return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024)
}
