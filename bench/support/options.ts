import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

type Words = readonly string[]

const commandLine = (): Words => process.argv.slice(2)

/** Whether `--name` stands on the command line. */
export function hasOption(name: string, words: Words = commandLine()): boolean {
  return words.includes(`--${name}`)
}

/** What stands after `--name`, or `fallback` where it is left out. @throws where nothing stands after it */
export function option(name: string, fallback: string, words: Words = commandLine()): string {
  return everyOption(name, words)[0] ?? fallback
}

/** What stands after each `--name`, which may be given several times. @throws where nothing stands after one */
export function everyOption(name: string, words: Words = commandLine()): string[] {
  return words.flatMap((word, place) => {
    if (word !== `--${name}`) return []
    const value = words[place + 1]
    if (value === undefined || value.startsWith('--')) throw new Error(`--${name} wants a value.`)
    return [value]
  })
}

/**
 * The folder of real photos that `--data` names (docs/measurements/README.md says what lies in it), by itself the one
 * beside the checkout; ends the program where there is none.
 */
export function photoFolder(): string {
  const folder = resolve(option('data', join('..', 'shared', 'data', 'voc-animals')))
  if (existsSync(folder)) return folder
  console.error(`The photos are not at ${folder}: name their folder with --data.`)
  process.exit(2)
}
