import { afterEach, beforeEach, expect, test } from 'vitest'
import { tinyProject } from '../../../tests/helpers/tinyProject'
import type { Project } from '../db/open'
import { runFacts } from './runFacts'

let project: Project
beforeEach(() => {
  project = tinyProject(3) // each of 4 × 4
})
afterEach(() => project.close())

test('pixels are counted at a longest side, and within one: only the first enlarges', () => {
  const { pixelsAt, pixelsWithin } = runFacts(project, undefined)
  expect([pixelsAt(null), pixelsAt(2), pixelsAt(8)]).toEqual([3 * 16, 3 * 4, 3 * 64])
  expect([pixelsWithin(null), pixelsWithin(2), pixelsWithin(8)]).toEqual([3 * 16, 3 * 4, 3 * 16])
})
