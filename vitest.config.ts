import { defineConfig } from 'vitest/config'

const base = {
  // Processes, not threads: a native abort of TensorFlow ends one of them, not the whole run.
  pool: 'forks',
  setupFiles: 'tests/setup.ts',
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // A second, the default, is less than a busy machine takes to draw a page anew.
  expect: { poll: { timeout: 20_000 } },
  // Operations that are meant to fail would fill the screen with TensorFlow's own lines.
  env: { TF_CPP_MIN_LOG_LEVEL: '3' },
} as const

/** Most of them drive one Chromium a process, which the next file goes on with. */
const endToEnd = ['tests/e2e/**/*.test.ts']
/** They open, refuse and close the engine themselves, which a process does once. */
const engine = ['src/main/engine/{binding,doctor,library,oneDnn,speed,workers}.test.ts']

export default defineConfig({
  test: {
    // One more than the two cores of the smallest machine: the end-to-end tests mostly wait for other processes.
    maxWorkers: 3,
    reporters: ['default'],
    projects: [
      {
        test: {
          ...base,
          name: 'units',
          include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'bench/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [...endToEnd, ...engine],
          // Files follow each other in one process: loading TensorFlow's kernels anew for each took as long as the tests.
          isolate: false,
        },
      },
      { test: { ...base, name: 'end to end', include: endToEnd, isolate: false } },
      { test: { ...base, name: 'apart', include: engine } },
    ],
  },
})
