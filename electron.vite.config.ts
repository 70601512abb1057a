import { defineConfig } from 'electron-vite'

/**
 * Builds the main process: the command line, the compute worker, the pool worker and the set-up, each an entry of its own
 * because each starts in a thread or process of its own. Packages stay outside the bundle: natives cannot be bundled.
 */
export default defineConfig({
  main: {
    build: {
      target: 'node20',
      outDir: 'out/main',
      sourcemap: true,
      minify: false,
      externalizeDeps: true,
      rolldownOptions: {
        input: {
          cli: 'src/main/cli.ts',
          worker: 'src/main/worker.ts',
          poolWorker: 'src/main/pool/poolWorker.ts',
          setup: 'src/main/setup.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
})
