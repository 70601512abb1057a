import { afterEach, expect, test } from 'vitest'
import { tinyProject } from '../../../tests/helpers/tinyProject'
import type { Project } from './open'

let project: Project
afterEach(() => project.close())

const newRun = (step: string) => ({
  name: 'run',
  recipe: {},
  seed: 1,
  split: 'all',
  datasetHash: '',
  steps: [{ name: step, method: 'learn', options: {} }],
})

function run(): number {
  project = tinyProject(1)
  return project.runs.create(newRun('learn')).id
}
const point = (runId: number, at: number, value: number, name = 'loss') => ({ runId, step: 'learn', name, at, value })

test('a point that a resumed step reports again takes the old one’s place, and comes as a new one', () => {
  const id = run()
  project.metrics.record([point(id, 1, 0.9), point(id, 2, 0.8)])
  const last = project.metrics.lastId(id)
  project.metrics.record([point(id, 2, 0.7), point(id, 3, 0.6)])
  expect(project.metrics.list(id, 'learn', 'loss').map(({ at, value }) => [at, value])).toEqual([
    [1, 0.9],
    [2, 0.7],
    [3, 0.6],
  ])
  expect(project.metrics.pointsAfter(id, last, 10).map(({ at }) => at)).toEqual([2, 3])
})

test('a long curve is thinned to what a screen shows, and its extremes remain', () => {
  const id = run()
  const values = Array.from({ length: 10_000 }, (_, at) => (at === 4_321 ? 99 : at === 7_654 ? -99 : Math.sin(at / 50)))
  project.metrics.record(values.map((value, at) => point(id, at, value)))
  const [curve] = project.metrics.curves(id, 500)
  expect(curve!.stored).toBe(10_000)
  expect(curve!.points.length).toBeLessThanOrEqual(502)
  expect(curve!.points).toContainEqual([4_321, 99])
  expect(curve!.points).toContainEqual([7_654, -99])
  const places = curve!.points.map(([at]) => at)
  expect(places).toEqual([...places].sort((left, right) => left - right))
})

test('seconds of all steps and attempts add up, by run', () => {
  const id = run()
  const seconds = (value: number) => ({ runId: id, step: 'learn', name: 'seconds', value })
  project.metrics.record([seconds(2), seconds(3)])
  expect(project.metrics.secondsOf([id, 99])).toEqual(new Map([[id, 5]]))
})
