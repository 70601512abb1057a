import { spawn } from 'node:child_process'
import BetterSqlite3 from 'better-sqlite3'
import { join } from 'node:path'
import { openProject } from '../../src/main/db/open'
import { hashOf, rebuild } from './paintedMask'

export interface KilledRound {
  /** Steps that the process had reported as stored. */
  readonly stored: number
  /** What the reopened project holds: the last step that was stored, or the one that was being stored. */
  readonly holds: 'stored' | 'begun'
}

/**
 * Starts the painting process, kills it by SIGKILL after some steps and a random part of the next, and looks at what it
 * left. @throws where the database is damaged, or the mask is neither of the two that it may be
 */
export async function killedWhilePainting(script: string, folder: string, seed: number): Promise<KilledRound> {
  const lines = await paintUntilKilled(script, folder, seed)
  const sqlite = new BetterSqlite3(join(folder, 'project.sqlite'))
  const check = sqlite.pragma('integrity_check', { simple: true })
  sqlite.close()
  if (check !== 'ok') throw new Error(`the database is damaged: ${String(check)}`)
  const project = openProject(folder)
  try {
    const hash = hashOf(rebuild(project).labels)
    const last = (word: string) => lines.findLast(line => line.startsWith(word))?.split(' ')[1]
    const stored = lines.filter(line => line.startsWith('stored')).length
    if (hash === last('stored')) return { stored, holds: 'stored' }
    if (hash === last('begin')) return { stored, holds: 'begun' }
    throw new Error(`seed ${seed}: the mask is ${hash}, stored was ${last('stored')}, begun was ${last('begin')}`)
  } finally {
    project.close()
  }
}

/** @returns its lines, but one that was cut */
function paintUntilKilled(script: string, folder: string, seed: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [script, folder, String(seed)], { stdio: ['ignore', 'pipe', 'pipe'] })
  const steps = 2 + (seed % 7)
  let out = ''
  let errors = ''
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
  child.stdout.on('data', (data: Buffer) => {
    const enough = count(out) >= steps
    out += data.toString()
    // Somewhere within the next step, which takes some milliseconds.
    if (!enough && count(out) >= steps) setTimeout(() => child.kill('SIGKILL'), seed % 13)
  })
  return new Promise((resolve, reject) => {
    child.on('close', (_, signal) => {
      if (signal === 'SIGKILL') resolve(out.slice(0, out.lastIndexOf('\n')).split('\n'))
      else reject(new Error(`the painting process ended by itself: ${errors}`))
    })
  })
}

function count(out: string): number {
  return out.split('stored').length - 1
}
