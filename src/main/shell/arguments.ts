import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/**
 * The project that a start of the desktop program means: `maskwright-desktop pets`, or the `project.sqlite` in it from
 * a file manager. Electron puts switches of its own among the arguments.
 *
 * @param args without the program itself
 * @returns its absolute folder; undefined where none is named
 */
export function projectInArguments(
  args: readonly string[],
  folder: string,
  isProject: (folder: string) => boolean = path => existsSync(join(path, 'project.sqlite')),
): string | undefined {
  for (const argument of args.filter(each => !each.startsWith('-'))) {
    const path = resolve(folder, argument)
    const found = [path, dirname(path)].find(isProject)
    if (found !== undefined) return found
  }
  return undefined
}
