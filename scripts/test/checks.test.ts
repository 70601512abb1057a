import { expect, test } from 'vitest'
import { countReport } from './checks.mjs'

const clean = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] }

test('counts what vitest reports; skipped and to do are both skipped', () => {
  expect(countReport(clean, 0)).toEqual({ passed: 3, failed: 0, skipped: 2 })
})

test('a test file that does not load counts as a failure', () => {
  const testResults = [{ status: 'failed', assertionResults: [] }]
  expect(countReport({ ...clean, testResults }, 1)).toEqual({ passed: 3, failed: 1, skipped: 2 })
})

test('an error outside any test is a failure too, and so is a vitest that wrote nothing', () => {
  expect(countReport(clean, 1)).toEqual({ passed: 3, failed: 1, skipped: 2 })
  expect(countReport(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})
