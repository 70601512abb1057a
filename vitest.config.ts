import { defineConfig } from 'vitest/config'

/** Engine tests hold TensorFlow in one process each: forks keep a native abort from ending the whole run. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'bench/**/*.test.ts', 'scripts/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Operations that are meant to fail would fill the screen with TensorFlow's own lines.
    env: { TF_CPP_MIN_LOG_LEVEL: '3' },
    reporters: ['default'],
  },
})
