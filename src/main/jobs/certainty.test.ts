import { expect, onTestFinished, test } from 'vitest'
import { mapsProject, type MadePhoto } from '../../../tests/helpers/mapsProject'
import type { PoolWorkContext } from '../pool/forEachInPool'
import { runTask } from '../pool/tasks'
import { leastCertainFirst, measureCertainty, planCertainty } from './certainty'

const size = { width: 4, height: 4 }
const work: PoolWorkContext = {
  pool: { threads: 1, run: (name, input) => runTask(name, input) },
  progress: () => undefined,
  checkpoint: () => Promise.resolve(),
}
const flat = (...scores: number[]) => ({
  keys: Int32Array.from(scores.keys()),
  maps: Float32Array.from({ length: scores.length * 16 }, (_, i) => scores[Math.floor(i / 16)]!),
  ...size,
})

/** The masks are cut at 0.30: leads of 0.6, 0.1 and 0.2, a photo in which nothing is found, and one without maps. */
const photos: readonly MadePhoto[] = [
  { stem: 'clear', labels: [0], maps: flat(0.9) },
  { stem: 'disputed', labels: [0, 1], maps: flat(0.8, 0.7) },
  { stem: 'faint', labels: [1], maps: flat(0, 0.5) },
  { stem: 'nothing', labels: [0], maps: flat(0.2) },
  { stem: 'without maps', labels: [0] },
]

async function made() {
  const { project, run } = await mapsProject(['cat', 'dog'], size, photos)
  onTestFinished(() => project.close())
  return { project, run }
}

test('photos are told apart by the lead of their foreground over the next class and the threshold', async () => {
  const { project, run } = await made()
  const plan = planCertainty(project, run, 'masks')
  expect(plan).toMatchObject({ step: 'import', threshold: 0.3 })
  const { margins } = await measureCertainty(project, plan, work)
  const lead = new Map(margins)
  // Scores are stored as halves: 11 bits.
  for (const [id, wanted] of [[1, 0.6], [2, 0.1], [3, 0.2]] as const) expect(lead.get(id)).toBeCloseTo(wanted, 3) // prettier-ignore
  expect([lead.get(4), lead.has(5)]).toEqual([null, false])
})

test('nothing found comes first, then the narrowest lead, and photos without maps last; equals keep their order', async () => {
  const { project, run } = await made()
  const certainty = await measureCertainty(project, planCertainty(project, run, 'import'), work)
  expect([...leastCertainFirst(Uint32Array.of(9, 1, 2, 3, 5, 4), certainty)]).toEqual([4, 2, 3, 1, 9, 5])
})

test('the hash is of the maps and the threshold: other ones are measured anew', async () => {
  const { project, run } = await made()
  const before = planCertainty(project, run, 'import').hash
  expect(planCertainty(project, run, 'import').hash).toBe(before)
  project.runs.setStepState(run.id, 'masks', 'done', { threshold: 0.5, chosenOn: 'fixed', photos: 0 })
  expect(planCertainty(project, run, 'import').hash).not.toBe(before)
})

test('maps that are still being made are waited for', async () => {
  const { project, run } = await made()
  project.runs.setStepState(run.id, 'import', 'running')
  expect(() => planCertainty(project, run, 'import')).toThrow('still making its maps')
})
