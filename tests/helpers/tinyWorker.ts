import { join } from 'node:path'
import { build } from 'vite'

/** Builds `tests/fixtures/tinyWorker.ts` as the real worker is built. @returns the built file */
export async function buildTinyWorker(folder: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(import.meta.dirname, '../fixtures/tinyWorker.ts'),
      outDir: folder,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'tinyWorker.mjs', chunkFileNames: '[name].mjs' } },
    },
  })
  return join(folder, 'tinyWorker.mjs')
}
