import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { WorkbenchError } from '../shared/errors'

/**
 * Absolute path of an entry of the build, such as `worker.js`: beside this code where it was built itself (also from
 * a chunk in a folder below), else in the checkout's `out/main`, where tests run the source.
 */
export function builtFile(name: string): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const found = [join(folder, name), join(folder, 'out', 'main', name)].find(existsSync)
    if (found !== undefined) return found
  }
  throw new WorkbenchError('INTERNAL', `${name} was not built: run \`npm run setup\`.`)
}
