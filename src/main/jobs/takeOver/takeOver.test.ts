import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { tinyMethods } from '../../../../tests/fixtures/methods/tiny'
import { buildFixture } from '../../../../tests/helpers/buildFixture'
import { tinyProject } from '../../../../tests/helpers/tinyProject'
import { tinyRuns } from '../../../../tests/helpers/tinyRuns'
import { blobPath } from '../../artifacts/blobStore'
import type { Project } from '../../db/open'
import { deleteRun } from '../deleteRun'
import { checkRecipe } from '../recipes'
import { foresee } from './foresee'

let script: string
beforeAll(async () => {
  script = await buildFixture('tests/fixtures/tinyWorker.ts')
})

function bench(given: Partial<Parameters<typeof tinyRuns>[1]> = {}) {
  const project = tinyProject()
  onTestFinished(() => project.close())
  return { project, ...tinyRuns(project, { script, isolation: 'thread', ...given }) }
}

/** Which run computed each step of a run. */
function origins(project: Project, run: number): (number | null)[] {
  return project.runs.steps(run).map(({ originRun }) => originRun)
}

test('a second run of the same takes every step over: maps, files, curves and summaries, and says from where', async () => {
  const { project, queue, enqueue, events, log } = bench()
  const [first, second, third] = [enqueue(), enqueue(), enqueue()]
  await queue.runToEnd(first)
  events.length = 0
  const half = `${join(project.runFolder(second), 'learn')}.partial` // a take-over that was killed
  mkdirSync(half, { recursive: true })
  writeFileSync(join(half, 'other.txt'), 'half')
  expect((await queue.runToEnd(second)).state).toBe('done')
  expect(origins(project, first)).toEqual([null, null, null])
  expect(origins(project, second)).toEqual([first, first, first])
  const made = (run: number) =>
    ['seeds', 'cut'].map(step => project.artifacts.listForStep(run, step).map(({ blob }) => blob))
  expect(made(second)).toEqual(made(first))
  expect(project.runs.steps(second).map(({ summary }) => summary)).toEqual(
    project.runs.steps(first).map(({ summary }) => summary),
  )
  const files = [first, second].map(run => join(project.runFolder(run), 'learn/round.txt'))
  expect(readFileSync(files[1]!, 'utf8')).toBe('3')
  expect(statSync(files[1]!).ino, 'one file of two names takes no room').toBe(statSync(files[0]!).ino)
  expect(existsSync(half) || existsSync(join(project.runFolder(second), 'learn/other.txt'))).toBe(false)
  expect(project.metrics.list(second, 'learn').map(({ name, at, value }) => [name, at, value])).toEqual([
    ['loss', 0, 1],
    ['loss', 1, 0.5],
    ['loss', 2, 1 / 3],
  ])
  expect(events.filter(({ type }) => type === 'progress')).toEqual([])
  expect(events.flatMap(event => (event.type === 'step' ? [[event.step, event.state, event.origin]] : []))).toEqual(
    ['learn', 'seeds', 'cut'].map(step => [step, 'taken over', first]),
  )
  expect(log(second).filter(line => line.startsWith(`Taken over from run ${first}`))).toHaveLength(3)

  // The first run can be deleted: who took over keeps files and maps, and gives them on.
  await deleteRun(project, queue, first)
  expect(readFileSync(files[1]!, 'utf8')).toBe('3')
  for (const { blob } of project.artifacts.listForStep(second, 'cut'))
    expect(existsSync(blobPath(project.blobFolder, blob))).toBe(true)
  await queue.runToEnd(third)
  expect(origins(project, third), 'who computed it, though it is gone').toEqual([first, first, first])
})

test('a changed option computes its step and what hangs on it, and nothing before, as was foreseen', async () => {
  const { project, queue, enqueue } = bench()
  const material = { dataset: project.dataset(), seed: 7, engine: { kind: 'cpu', version: 'none' } } as const
  /** Runs it. @returns who computed each step, once what was foreseen is known to be the same */
  async function originsOf(options: Readonly<Record<string, object>>): Promise<(number | null)[]> {
    const id = enqueue(options)
    const plan = checkRecipe(project.runs.get(id).recipe, tinyMethods)
    const foreseen = await foresee(project, plan, material, tinyMethods)
    await queue.runToEnd(id)
    expect(plan.steps.map(({ name }) => foreseen.get(name)?.run ?? null)).toEqual(origins(project, id))
    return origins(project, id)
  }
  expect(await originsOf({})).toEqual([null, null, null])
  project.runs.setState(1, 'failed') // what it had finished until then is as good
  expect(await originsOf({ seeds: { tau: 0.7 } })).toEqual([1, null, null])
  expect(await originsOf({ seeds: { tau: 0.7 }, cut: { threshold: 0.2 } })).toEqual([1, 2, null])
})

test('other labels or a fresh run compute everything, and later runs take over from the newest', async () => {
  const { project, queue, enqueue } = bench()
  await queue.runToEnd(enqueue())
  const fresh = enqueue({}, { fresh: true })
  await queue.runToEnd(fresh)
  expect(origins(project, fresh)).toEqual([null, null, null])
  const again = enqueue()
  await queue.runToEnd(again)
  expect(origins(project, again)).toEqual([fresh, fresh, fresh])
  project.labels.correct(project.dataset().images[0]!.id, project.classes.list()[1]!.id, 'present')
  const relabelled = enqueue()
  await queue.runToEnd(relabelled)
  expect(origins(project, relabelled)).toEqual([null, null, null])
})

test('a step whose maps or files are gone is computed again, and the log says why', async () => {
  const { project, queue, enqueue, log } = bench()
  const first = enqueue()
  await queue.runToEnd(first)
  const [map] = project.artifacts.listForStep(first, 'seeds')
  rmSync(blobPath(project.blobFolder, map!.blob))
  const second = enqueue()
  await queue.runToEnd(second)
  expect(origins(project, second)).toEqual([first, null, null])
  expect(log(second)).toContain(`It cannot be taken over from run ${first}: 1 of its 4 maps are gone.`)
  for (const run of [first, second]) rmSync(join(project.runFolder(run), 'learn'), { recursive: true })
  const third = enqueue()
  await queue.runToEnd(third)
  expect(origins(project, third)).toEqual([null, null, null])
  expect(log(third)).toContain(`It cannot be taken over from run ${first}: its folder runs/${first}/learn is gone.`)
})

test('a step that had begun goes on with its own, and one whose photos changed meanwhile is given to nobody', async () => {
  const stop = { at: 2 }
  const { project, queue, enqueue } = bench({
    onEvent: (event, queue) => {
      if (event.type === 'progress' && event.progress.done === stop.at) queue.cancel(event.runId)
    },
  })
  const options = { learn: { rounds: 40, pace: 5 } }
  const begun = enqueue(options)
  expect((await queue.runToEnd(begun)).state).toBe('cancelled')
  stop.at = -1
  const whole = enqueue(options)
  await queue.runToEnd(whole)
  rmSync(project.dataset().images[0]!.path)
  queue.resume(begun)
  expect((await queue.runToEnd(begun)).state).toBe('done')
  expect(origins(project, begun)[0]).toBeNull()
  expect(project.runs.step(begun, 'learn')!.key, 'of two sets of photos').toBeNull()
  expect(project.runs.step(begun, 'seeds')!.key).not.toBeNull()
})
