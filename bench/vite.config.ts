import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vite'

const entries = readdirSync(import.meta.dirname).filter(file => file.endsWith('.ts') && file !== 'vite.config.ts')

/** Builds every benchmark into `out/bench/<name>.js`, packages left outside, as the program itself is built. */
export default defineConfig({
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'out/bench',
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      input: Object.fromEntries(entries.map(file => [file.replace(/\.ts$/, ''), join(import.meta.dirname, file)])),
      output: { entryFileNames: '[name].js' },
    },
  },
  logLevel: 'warn',
})
