import { mkdirSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const out = join(import.meta.dirname, '../../out')

/** Builds `tests/fixtures/tinyWorker.ts` as the real worker is built, where it finds the packages. @returns its folder */
export async function buildTinyWorker(): Promise<string> {
  mkdirSync(out, { recursive: true })
  const folder = mkdtempSync(join(out, 'tiny-worker-'))
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(import.meta.dirname, '../fixtures/tinyWorker.ts'),
      outDir: folder,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        external: ['./run'], // what runs the real methods: listed by the registry, never loaded here
        output: { format: 'es', entryFileNames: 'tinyWorker.mjs', chunkFileNames: '[name].mjs' },
      },
    },
  })
  return folder
}
