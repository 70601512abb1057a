import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import type { PluginOption } from 'vite'
import vuetify from 'vite-plugin-vuetify'

/** Addresses are deep (`/p/<project>/runs/12`); electron-vite's own base, `./`, is for pages opened as files. */
const absoluteBase: PluginOption = { name: 'absolute-base', enforce: 'post', config: () => ({ base: '/' }) }

/**
 * Builds the main process — the command line, the compute worker, the pool worker and the set-up, each an entry of its own
 * because each starts in a thread or process of its own — and the window. Packages stay outside the bundle of the main
 * process: natives cannot be bundled.
 */
export default defineConfig({
  main: {
    build: {
      target: 'node20',
      outDir: 'out/main',
      sourcemap: true,
      minify: false,
      // Natives cannot be bundled and large packages need not be; these are hundreds of small files, and reading them
      // one by one was half of the time that a command takes to start.
      externalizeDeps: {
        exclude: ['zod', 'drizzle-orm', 'yaml', 'commander', 'hono', '@trpc/server', 'csv-parse', 'saxes'],
      },
      rolldownOptions: {
        // A package of which nothing is used is not loaded: without this every command loaded sharp.
        treeshake: { moduleSideEffects: 'no-external' },
        input: {
          cli: 'src/main/cli.ts',
          electron: 'src/main/electron.ts',
          worker: 'src/main/worker.ts',
          poolWorker: 'src/main/pool/poolWorker.ts',
          sampleWorker: 'src/main/sample/sampleWorker.ts',
          setup: 'src/main/setup.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    // The door puts a new nonce there with every page (src/main/api/staticFiles.ts).
    html: { cspNonce: '__CSP_NONCE__' },
    plugins: [vue(), vuetify({ autoImport: true }), absoluteBase],
    build: {
      target: 'chrome120',
      outDir: 'out/renderer',
      sourcemap: false,
      // electron-vite leaves it out: a third of the bytes that a first paint reads and parses.
      minify: true,
      cssMinify: true,
      modulePreload: { polyfill: false },
      // No file becomes a data: address, which the Content-Security-Policy would have to allow.
      assetsInlineLimit: 0,
      rolldownOptions: { input: 'src/renderer/index.html' },
    },
  },
})
