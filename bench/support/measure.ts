import { availableParallelism } from 'node:os'
import { type Engine, openEngine } from '../../src/main/engine/backend'
import { locateEngine } from '../../src/main/engine/locate'

/** The installed CPU engine with as many threads as the machine has processors: what the peers are given too. */
export function benchEngine(): Engine {
  return openEngine({ ...locateEngine({ device: 'cpu' }), intraOpThreads: availableParallelism() })
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Milliseconds of the median of `runs` calls, after one that is not counted. */
export function time(runs: number, work: () => void): number {
  work()
  const times = Array.from({ length: runs }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return median(times)
}

/** Prints a table for people, then the same as JSON on the last line for programs. */
export function report(title: string, rows: readonly Readonly<Record<string, string | number>>[]): void {
  console.log(`\n${title} (${availableParallelism()} processors, Node ${process.version})`)
  console.table(rows)
  console.log(JSON.stringify({ title, rows }))
}
