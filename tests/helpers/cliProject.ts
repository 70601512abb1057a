import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { maskwright, type CliOptions } from './cli'
import { temporaryFolder } from './temporaryFolder'

/** One small scale and no folds: a run takes seconds. */
export const quick: readonly string[] = [
  ...['--set', 'classifier.longestSide=96', '--set', 'classifier.folds=0'],
  ...['--set', 'cam.preset=one-scale'],
]

/** @returns the folder of a project of one's own with the toy scenes and their masks in it */
export type ProjectMaker = () => Promise<string>

/**
 * Imports the scenes once, by the commands a person types; every project is a copy of that one. It begins where the first
 * one is asked for, who waits for it: the commands of a test end with the test.
 */
export function projectMaker(scenes: string): ProjectMaker {
  let made: Promise<string> | undefined
  return async () => {
    made ??= importedProject(scenes)
    const folder = join(temporaryFolder(), 'p')
    cpSync(await made, folder, { recursive: true })
    return folder
  }
}

async function importedProject(scenes: string): Promise<string> {
  const folder = join(temporaryFolder(), 'p')
  expect(await maskwright(['new', folder])).toMatchObject({ code: 0, err: '' })
  const labels = ['--labels', join(scenes, 'labels.csv'), '--masks', join(scenes, 'masks')]
  const args = ['import', join(scenes, 'photos'), '--format', 'csv', ...labels, '--classes', 'red,blue']
  expect(await maskwright([...args, '--project', folder])).toMatchObject({ code: 0 })
  return folder
}

/** What a command prints with `--json`; it must succeed. */
export async function json(args: readonly string[], options?: CliOptions): Promise<unknown> {
  const { code, out, err } = await maskwright([...args, '--json'], options)
  expect(code, err).toBe(0)
  return JSON.parse(out)
}
