import { basename, join, resolve } from 'node:path'
import { build } from 'vite'

/**
 * Bundles a TypeScript file that a test starts in a thread or process of its own: Node runs JavaScript only.
 * @param source path from the project's root
 * @returns the absolute path of the built file, inside the project so that packages are found
 */
export async function buildFixture(source: string): Promise<string> {
  const name = basename(source, '.ts')
  const outDir = resolve('out/fixtures')
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: { input: { [name]: source }, output: { format: 'es', entryFileNames: '[name].mjs' } },
    },
  })
  return join(outDir, `${name}.mjs`)
}
