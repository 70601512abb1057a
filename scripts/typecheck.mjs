import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand } from './setup/command.mjs'

/**
 * `npm run typecheck`: first everything that is not the window by TypeScript's native compiler, in a third of the
 * other's time, then the window by vue-tsc, which reads `.vue` files and needs the compiler that is written in
 * JavaScript. It sees the main process through the declarations that the first has written.
 */
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const compilers = [
  ['typescript-native/bin/tsc', '-b', 'tsconfig.main.json'],
  ['vue-tsc/bin/vue-tsc.js', '-p', 'tsconfig.renderer.json'],
]

for (const [compiler = '', ...args] of compilers) {
  const { status, output } = await runCommand(process.execPath, [join(root, 'node_modules', compiler), ...args], {
    cwd: root,
  })
  process.stdout.write(output)
  if (status === 0) continue
  process.exitCode = 1
  break // the declarations that the next one reads may be old
}
