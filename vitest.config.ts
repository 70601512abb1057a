import { defineConfig } from 'vitest/config'

/** Engine tests hold TensorFlow in one process each: forks keep a native abort from ending the whole run. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'bench/**/*.test.ts', 'scripts/**/*.test.ts'],
    pool: 'forks',
    // One more than the two cores of the smallest machine: the end-to-end tests mostly wait for other processes.
    maxWorkers: 3,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A second, the default, is less than a busy machine takes to draw a page anew.
    expect: { poll: { timeout: 20_000 } },
    // Operations that are meant to fail would fill the screen with TensorFlow's own lines.
    env: { TF_CPP_MIN_LOG_LEVEL: '3' },
    reporters: ['default'],
  },
})
